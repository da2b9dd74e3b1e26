// Reads a JSON list of YAML documents from standard input and writes, for each, what Go makes of it: as the API server,
// kubectl and Argo CD read it (sigs.k8s.io/yaml, strict), and as kustomize does (yaml.v3).
package main

import (
	"encoding/json"
	"log"
	"os"

	"go.yaml.in/yaml/v3"
	sigs "sigs.k8s.io/yaml"
)

// reading is the document as JSON, or the error in the place of it.
type reading struct {
	Strict json.RawMessage `json:"strict,omitempty"`
	V3     any             `json:"v3,omitempty"`
	Error  string          `json:"error,omitempty"`
}

func main() {
	var documents []string
	if err := json.NewDecoder(os.Stdin).Decode(&documents); err != nil {
		log.Fatal(err)
	}
	readings := make([]reading, 0, len(documents))
	for _, document := range documents {
		readings = append(readings, read(document))
	}
	if err := json.NewEncoder(os.Stdout).Encode(readings); err != nil {
		log.Fatal(err)
	}
}

func read(document string) reading {
	strict, err := sigs.YAMLToJSONStrict([]byte(document))
	if err != nil {
		return reading{Error: "sigs.k8s.io/yaml: " + err.Error()}
	}
	// Into a map of strings, as kustomize does: a key that is read as another type is an error there.
	var v3 map[string]any
	if err := yaml.Unmarshal([]byte(document), &v3); err != nil {
		return reading{Error: "yaml.v3: " + err.Error()}
	}
	if _, err := json.Marshal(v3); err != nil {
		return reading{Error: "yaml.v3: " + err.Error()}
	}
	return reading{Strict: strict, V3: v3}
}
