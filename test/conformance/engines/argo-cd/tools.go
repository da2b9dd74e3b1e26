//go:build tools

// Package tools pins Argo CD.
package tools

import _ "github.com/argoproj/argo-cd/v3/cmd"
