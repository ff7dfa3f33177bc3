// Notecheck opens every note of vectors/notes/notes.json with golang.org/x/mod/sumdb/note and says, a line each, what Go
// thinks of it: valid, unsigned, bad-signature or malformed. It exits with 1 when that is not the verdict of the file.
package main

import (
	"encoding/json"
	"fmt"
	"os"

	"golang.org/x/mod/sumdb/note"
)

type vectors struct {
	Cases []struct {
		Name, Note, Verdict string
		VerifierKeys        []string
	}
}

func main() {
	bytes, err := os.ReadFile(os.Args[1])
	var file vectors
	if err == nil {
		err = json.Unmarshal(bytes, &file)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(2)
	}
	failed := len(file.Cases) == 0
	for _, c := range file.Cases {
		var verifiers []note.Verifier
		for _, key := range c.VerifierKeys {
			verifier, err := note.NewVerifier(key)
			if err != nil {
				fmt.Fprintln(os.Stderr, c.Name, err)
				os.Exit(2)
			}
			verifiers = append(verifiers, verifier)
		}
		verdict := verdictOf(note.Open([]byte(c.Note), note.VerifierList(verifiers...)))
		fmt.Printf("%-14s %s\n", verdict, c.Name)
		failed = failed || verdict != c.Verdict
	}
	if failed {
		os.Exit(1)
	}
}

func verdictOf(_ *note.Note, err error) string {
	switch err.(type) {
	case nil:
		return "valid"
	case *note.UnverifiedNoteError:
		return "unsigned"
	case *note.InvalidSignatureError:
		return "bad-signature"
	default:
		return "malformed"
	}
}
