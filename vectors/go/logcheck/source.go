package main

import (
	"fmt"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"strings"

	"golang.org/x/mod/sumdb/tlog"
)

// source reads the files of a log from a directory or over HTTP. It is a tlog.TileReader.
type source struct {
	read  func(path string) ([]byte, error)
	tiles map[string][]byte
}

func newSource(base, token string) source {
	tiles := map[string][]byte{}
	if !strings.HasPrefix(base, "http://") && !strings.HasPrefix(base, "https://") {
		return source{func(path string) ([]byte, error) { return os.ReadFile(filepath.Join(base, path)) }, tiles}
	}
	return source{func(path string) ([]byte, error) { return fetch(strings.TrimRight(base, "/")+"/"+path, token) }, tiles}
}

func fetch(url, token string) ([]byte, error) {
	request, err := http.NewRequest("GET", url, nil)
	if err != nil {
		return nil, err
	}
	if token != "" {
		request.Header.Set("Authorization", "Bearer "+token)
	}
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		return nil, err
	}
	defer response.Body.Close()
	if response.StatusCode != 200 {
		return nil, fmt.Errorf("%s: %s", url, response.Status)
	}
	return io.ReadAll(response.Body)
}

// tileOf is the tile n of a level in a tree of the given size, as wide as it is there.
func tileOf(level int, n, size int64) tlog.Tile {
	width := size>>(tileHeight*level) - n<<tileHeight
	if width > 1<<tileHeight {
		width = 1 << tileHeight
	}
	return tlog.Tile{H: tileHeight, L: level, N: n, W: int(width)}
}

// tilePath turns Go's tile/<height>/<level>/<n> into tile/<level>/<n> of tlog-tiles, where the height is always 8.
func tilePath(tile tlog.Tile) string {
	return strings.Replace(tile.Path(), fmt.Sprintf("tile/%d/", tileHeight), "tile/", 1)
}

func entriesPath(tile tlog.Tile) string {
	return strings.Replace(tilePath(tile), fmt.Sprintf("tile/%d/", tile.L), "tile/entries/", 1)
}

// readTile reads the hashes of a tile: exactly as many as it is wide. A log may drop a partial tile once the full one is
// there, so that one is tried next.
func (s source) readTile(tile tlog.Tile) ([]byte, error) {
	bytes, err := s.read(tilePath(tile))
	want := tile.W * tlog.HashSize
	if err != nil && tile.W < 1<<tileHeight {
		full := tile
		full.W = 1 << tileHeight
		if whole, fullErr := s.read(tilePath(full)); fullErr == nil && len(whole) == full.W*tlog.HashSize {
			bytes, err = whole[:want], nil
		}
	}
	if err == nil && len(bytes) != want {
		err = fmt.Errorf("%s has %d bytes, not %d", tilePath(tile), len(bytes), want)
	}
	return bytes, err
}

// readEntries reads the entry bundle beside a tile of level 0: each entry after its length, 16 bits, big-endian.
// With an error it returns the entries before the bad one.
func (s source) readEntries(tile tlog.Tile) ([][]byte, error) {
	bytes, err := s.read(entriesPath(tile))
	if err != nil && tile.W < 1<<tileHeight {
		full := tile
		full.W = 1 << tileHeight
		bytes, err = s.read(entriesPath(full))
	}
	var entries [][]byte
	for err == nil && len(bytes) > 0 && len(entries) < tile.W {
		if len(bytes) < 2 || len(bytes) < 2+int(bytes[0])<<8+int(bytes[1]) {
			return entries, fmt.Errorf("%s is cut short", entriesPath(tile))
		}
		end := 2 + int(bytes[0])<<8 + int(bytes[1])
		entries, bytes = append(entries, bytes[2:end]), bytes[end:]
	}
	if err == nil && (len(entries) < tile.W || (len(bytes) > 0 && tile.W == 1<<tileHeight)) {
		err = fmt.Errorf("%s does not have %d entries", entriesPath(tile), tile.W)
	}
	return entries, err
}

// Height is part of tlog.TileReader.
func (s source) Height() int { return tileHeight }

// ReadTiles is part of tlog.TileReader.
func (s source) ReadTiles(tiles []tlog.Tile) ([][]byte, error) {
	data := make([][]byte, len(tiles))
	for i, tile := range tiles {
		path := tilePath(tile)
		if _, known := s.tiles[path]; !known {
			bytes, err := s.readTile(tile)
			if err != nil {
				return nil, err
			}
			s.tiles[path] = bytes
		}
		data[i] = s.tiles[path]
	}
	return data, nil
}

// SaveTiles is part of tlog.TileReader; there is no cache to keep.
func (s source) SaveTiles([]tlog.Tile, [][]byte) {}
