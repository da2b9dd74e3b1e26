// Command redis answers like Redis on the address that is its argument, and keeps nothing on disk: the cache of an Argo CD that
// lives for minutes.
package main

import (
	"log"
	"os"
	"time"

	"github.com/alicebob/miniredis/v2"
)

func main() {
	server := miniredis.NewMiniRedis()
	if err := server.StartAddr(os.Args[1]); err != nil {
		log.Fatal(err)
	}
	// Keys expire only when it is told that time has passed.
	for range time.Tick(time.Second) {
		server.FastForward(time.Second)
	}
}
