// A verifier that none of our code is in: golang.org/x/mod/sumdb/note and tlog read our checkpoints and proofs.
//
// Each line of standard input names a proof file, its entry file, the origin and the public key in hexadecimal, parted by
// tabs. For each, one line goes out: "good", or "bad" and the reason.
package main

import (
	"bufio"
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"errors"
	"fmt"
	"os"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

func main() {
	lines := bufio.NewScanner(os.Stdin)
	for lines.Scan() {
		fields := strings.Split(lines.Text(), "\t")
		if err := check(fields); err != nil {
			fmt.Printf("bad %q\n", err.Error())
		} else {
			fmt.Println("good")
		}
	}
}

func check(fields []string) error {
	if len(fields) != 4 {
		return errors.New("four fields are needed")
	}
	text, err := os.ReadFile(fields[0])
	if err != nil {
		return err
	}
	entry, err := os.ReadFile(fields[1])
	if err != nil {
		return err
	}
	public, err := hex.DecodeString(fields[3])
	if err != nil {
		return err
	}
	top, checkpoint, found := bytes.Cut(text, []byte("\n\n"))
	head := strings.Split(string(top), "\n")
	if !found || len(head) < 2 || head[0] != "c2sp.org/tlog-proof@v1" || !strings.HasPrefix(head[1], "index ") {
		return errors.New("not a tlog-proof")
	}
	index, err := strconv.ParseInt(head[1][6:], 10, 64)
	if err != nil {
		return err
	}
	var proof tlog.RecordProof
	for _, line := range head[2:] {
		raw, err := base64.StdEncoding.DecodeString(line)
		if err != nil || len(raw) != tlog.HashSize {
			return errors.New("a digest is not one")
		}
		var step tlog.Hash
		copy(step[:], raw)
		proof = append(proof, step)
	}
	size, root, err := signedRoot(checkpoint, fields[2], public)
	if err != nil {
		return err
	}
	return tlog.CheckRecord(proof, size, root, index, tlog.RecordHash(entry))
}

func signedRoot(checkpoint []byte, origin string, public []byte) (int64, tlog.Hash, error) {
	var root tlog.Hash
	key := append([]byte{1}, public...) // 1: Ed25519
	sum := sha256.Sum256(append([]byte(origin+"\n"), key...))
	spelled := fmt.Sprintf("%s+%x+%s", origin, sum[:4], base64.StdEncoding.EncodeToString(key))
	verifier, err := note.NewVerifier(spelled)
	if err != nil {
		return 0, root, err
	}
	opened, err := note.Open(checkpoint, note.VerifierList(verifier))
	if err != nil {
		return 0, root, err
	}
	lines := strings.Split(opened.Text, "\n")
	if len(lines) != 4 || lines[0] != origin || lines[3] != "" {
		return 0, root, errors.New("not a checkpoint of this log")
	}
	size, err := strconv.ParseInt(lines[1], 10, 64)
	if err != nil {
		return 0, root, err
	}
	raw, err := base64.StdEncoding.DecodeString(lines[2])
	if err != nil || len(raw) != tlog.HashSize {
		return 0, root, errors.New("the root is not a digest")
	}
	copy(root[:], raw)
	return size, root, nil
}
