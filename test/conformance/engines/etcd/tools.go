//go:build tools

// Package tools pins the etcd binary that conformance runs.
package tools

import _ "go.etcd.io/etcd/server/v3"
