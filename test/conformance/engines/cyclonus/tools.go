//go:build tools

// Package tools pins the cyclonus binary that conformance runs.
package tools

import _ "github.com/mattfenwick/cyclonus/cmd/cyclonus"
