//go:build tools

// Package tools pins the gator binary that conformance runs.
package tools

import _ "github.com/open-policy-agent/gatekeeper/v3/cmd/gator"
