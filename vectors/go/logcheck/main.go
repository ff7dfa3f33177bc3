// Logcheck verifies a Tidemark log with the Go project's own code for transparency logs: golang.org/x/mod/sumdb/note opens
// the checkpoint, golang.org/x/mod/sumdb/tlog hashes and proves. It knows nothing of Tidemark but the file layout of
// https://c2sp.org/tlog-tiles.
//
//	logcheck -key <verifier key> [-since <older checkpoint file>] [-token <bearer token>] <base URL or directory>
//
// It exits with 0 when everything holds, with 1 naming the first bad index when something does not, with 2 when it was
// called wrongly.
package main

import (
	"flag"
	"fmt"
	"math/rand"
	"os"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

const tileHeight = 8

func main() {
	key := flag.String("key", "", "verifier `key` of the log: name+id+base64")
	since := flag.String("since", "", "`file` with an older checkpoint the log must still begin with")
	token := flag.String("token", "", "bearer `token` for a log that is not public")
	samples := flag.Int("samples", 1000, "how many random inclusion `proofs` to check besides the boundaries")
	flag.Parse()
	if *key == "" || flag.NArg() != 1 {
		flag.Usage()
		os.Exit(2)
	}
	verifier, err := note.NewVerifier(*key)
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(2)
	}
	if err := check(newSource(flag.Arg(0), *token), verifier, *since, *samples); err != nil {
		fmt.Println("REJECTED:", err)
		os.Exit(1)
	}
}

// check runs every check there is; the first one that fails ends it.
func check(source source, verifier note.Verifier, since string, samples int) error {
	signed, err := source.read("checkpoint")
	if err != nil {
		return err
	}
	tree, err := openCheckpoint(signed, verifier)
	if err != nil {
		return fmt.Errorf("checkpoint: %w", err)
	}
	stored, err := checkEntries(source, tree)
	if err != nil {
		return err
	}
	if err := checkUpperTiles(source, tree, stored); err != nil {
		return err
	}
	if err := checkRoot(tree, stored); err != nil {
		return err
	}
	proofs, err := checkInclusion(source, tree, stored, samples)
	if err != nil {
		return err
	}
	if since != "" {
		if err := checkConsistency(source, tree, verifier, since); err != nil {
			return err
		}
	}
	fmt.Printf("ACCEPTED: %s, %d entries, root %v, %d inclusion proofs\n", verifier.Name(), tree.N, tree.Hash, proofs)
	return nil
}

// openCheckpoint reads a note of https://c2sp.org/tlog-checkpoint: origin, size and root hash, a line each.
func openCheckpoint(signed []byte, verifier note.Verifier) (tlog.Tree, error) {
	opened, err := note.Open(signed, note.VerifierList(verifier))
	if err != nil {
		return tlog.Tree{}, err
	}
	lines := strings.Split(opened.Text, "\n")
	if len(lines) < 4 || lines[0] != verifier.Name() {
		return tlog.Tree{}, fmt.Errorf("not a checkpoint of %s", verifier.Name())
	}
	size, err := strconv.ParseInt(lines[1], 10, 64)
	if err != nil || size < 0 || strconv.FormatInt(size, 10) != lines[1] {
		return tlog.Tree{}, fmt.Errorf("bad tree size %q", lines[1])
	}
	root, err := tlog.ParseHash(lines[2])
	if err != nil {
		return tlog.Tree{}, err
	}
	return tlog.Tree{N: size, Hash: root}, nil
}

// checkEntries hashes every entry and compares it with its leaf in the tiles of level 0. It returns all stored hashes
// that follow from the entries.
func checkEntries(source source, tree tlog.Tree) ([]tlog.Hash, error) {
	var stored []tlog.Hash
	for n := int64(0); n<<tileHeight < tree.N; n++ {
		tile := tileOf(0, n, tree.N)
		leaves, err := source.readTile(tile)
		if err != nil {
			return nil, fmt.Errorf("first bad index %d: %w", n<<tileHeight, err)
		}
		entries, err := source.readEntries(tile)
		if err != nil {
			return nil, fmt.Errorf("first bad index %d: %w", n<<tileHeight+int64(len(entries)), err)
		}
		for i, entry := range entries {
			index := n<<tileHeight + int64(i)
			leaf := tlog.RecordHash(entry)
			if string(leaf[:]) != string(leaves[i*tlog.HashSize:(i+1)*tlog.HashSize]) {
				return nil, fmt.Errorf("first bad index %d: %s and %s disagree", index, entriesPath(tile), tilePath(tile))
			}
			hashes, err := tlog.StoredHashesForRecordHash(index, leaf, readerOf(stored))
			if err != nil {
				return nil, err
			}
			stored = append(stored, hashes...)
		}
	}
	return stored, nil
}

// checkUpperTiles compares every hash of the tiles above level 0 with the one that follows from the entries.
func checkUpperTiles(source source, tree tlog.Tree, stored []tlog.Hash) error {
	for level := 1; tree.N>>(tileHeight*level) > 0; level++ {
		for n := int64(0); n<<tileHeight < tree.N>>(tileHeight*level); n++ {
			tile := tileOf(level, n, tree.N)
			bytes, err := source.readTile(tile)
			if err != nil {
				return fmt.Errorf("first bad index %d: %w", n<<(tileHeight*(level+1)), err)
			}
			for i := 0; i < tile.W; i++ {
				at := n<<tileHeight + int64(i)
				hash := stored[tlog.StoredHashIndex(tileHeight*level, at)]
				if string(hash[:]) != string(bytes[i*tlog.HashSize:(i+1)*tlog.HashSize]) {
					return fmt.Errorf("first bad index %d: %s has a wrong hash", at<<(tileHeight*level), tilePath(tile))
				}
			}
		}
	}
	return nil
}

func checkRoot(tree tlog.Tree, stored []tlog.Hash) error {
	root, err := tlog.TreeHash(tree.N, readerOf(stored))
	if err != nil {
		return err
	}
	if root != tree.Hash {
		return fmt.Errorf("entries and tiles agree with each other, but their root %v is not the signed %v", root, tree.Hash)
	}
	return nil
}

// checkInclusion proves single entries from the served tiles alone: every one at a boundary of a tile or of a full
// subtree, and random ones.
func checkInclusion(source source, tree tlog.Tree, stored []tlog.Hash, samples int) (int, error) {
	indexes := map[int64]bool{}
	for at := int64(0); at <= tree.N; at += 1 << tileHeight {
		indexes[at-1], indexes[at] = true, true
	}
	for at := int64(1); at <= tree.N; at *= 2 {
		indexes[at-1], indexes[at], indexes[tree.N-at] = true, true, true
	}
	for i := 0; i < samples && tree.N > 0; i++ {
		indexes[rand.Int63n(tree.N)] = true
	}
	reader := tlog.TileHashReader(tree, source)
	proofs := 0
	for index := range indexes {
		if index < 0 || index >= tree.N {
			continue
		}
		proof, err := tlog.ProveRecord(tree.N, index, reader)
		if err != nil {
			return proofs, fmt.Errorf("no inclusion proof for index %d: %w", index, err)
		}
		leaf := stored[tlog.StoredHashIndex(0, index)]
		if err := tlog.CheckRecord(proof, tree.N, tree.Hash, index, leaf); err != nil {
			return proofs, fmt.Errorf("inclusion proof of index %d: %w", index, err)
		}
		proofs++
	}
	return proofs, nil
}

func checkConsistency(source source, tree tlog.Tree, verifier note.Verifier, since string) error {
	signed, err := os.ReadFile(since)
	if err != nil {
		return err
	}
	older, err := openCheckpoint(signed, verifier)
	if err != nil {
		return fmt.Errorf("%s: %w", since, err)
	}
	if older.N > tree.N {
		return fmt.Errorf("the log went back: it had %d entries and has %d", older.N, tree.N)
	}
	if older.N == 0 {
		return nil
	}
	proof, err := tlog.ProveTree(tree.N, older.N, tlog.TileHashReader(tree, source))
	if err != nil {
		return err
	}
	if err := tlog.CheckTree(proof, tree.N, tree.Hash, older.N, older.Hash); err != nil {
		return fmt.Errorf("the log does not begin with its first %d entries of before: %w", older.N, err)
	}
	fmt.Printf("consistent with the checkpoint of size %d\n", older.N)
	return nil
}

func readerOf(stored []tlog.Hash) tlog.HashReaderFunc {
	return func(indexes []int64) ([]tlog.Hash, error) {
		hashes := make([]tlog.Hash, len(indexes))
		for i, index := range indexes {
			hashes[i] = stored[index]
		}
		return hashes, nil
	}
}
