/** Given names and family names of the staff; combined they make thousands of people. */
export const givenNames: readonly string[] =
  `Aisha Akira Alba Alejandro Amara Amelia Anders Andrea Anika Anton Arjun Asha Beatriz Benedikt Bram Callum Camille
  Carlos Chiara Chloe Daan Daniel Deepa Diego Dmitri Edith Elena Elif Emeka Emma Erik Esther Eva Farid Femke Finn Freya
  Gabriel Giulia Grace Hamza Hana Harriet Hugo Ibrahim Ines Isla Ivan Jasper Joana Jonas Julia Kaito Karim Katarina
  Kavya Keiko Kofi Lars Leila Leon Lin Lotte Lucas Maja Malik Marco Maria Meera Mei Mila Mohammed Nadia Naomi Neha
  Niamh Nikhil Noah Nora Olga Omar Oskar Owen Paula Pieter Rafael Rania Rohan Rosa Sanne Sara Sean Sofia Stefan Sven
  Tariq Theo Thomas Uma Vera Victor Vikram Wei Willem Yara Yusuf Zainab Zoe`.split(/\s+/)

export const familyNames: readonly string[] =
  `Abbott Acharya Adler Ahmed Almeida Andersson Appiah Baker Banerjee Barbosa Bauer Becker Bianchi Bos Brennan Brooks
  Castillo Chandra Chen Clarke Costa Dahl Das Dekker Delgado Desai Diaz Dijkstra Duarte Edwards Ekström Eriksen Farah
  Fischer Fleming Fontaine Fraser Fujita Garcia Ghosh Gomez Graham Gruber Gupta Haddad Hansen Hassan Hendriks Hoffmann
  Hughes Ibarra Iyer Jacobs Jensen Jones Kapoor Keller Khan Kim Klein Kowalski Kumar Lambert Larsen Leclerc Lewis Lindqvist
  Lopez Maas Malhotra Marino Martin Mensah Meyer Mitchell Molina Moreau Mukherjee Murphy Nair Nakamura Navarro Nguyen
  Nielsen Novak Oliveira Osei Owusu Park Patel Peeters Pereira Petrov Pham Pillai Quinn Ramos Rao Reddy Rivera Romano
  Rossi Ryan Santos Sato Schmidt Sharma Silva Singh Smit Suzuki Taylor Tran Varga Verma Visser Walsh Watanabe Weber
  Williams Wood Yilmaz Young Zhang Zimmermann`.split(/\s+/)
