// A small service that answers with what it was asked, in the text format of traefik/whoami, whose module cannot be
// had from the Go module proxy. Only what the tests look at is here: /, /api, /bench and /health.
package main

import (
	"encoding/json"
	"flag"
	"fmt"
	"log"
	"net"
	"net/http"
	"os"
	"time"
)

type answer struct {
	Hostname   string              `json:"hostname,omitempty"`
	IP         []string            `json:"ip,omitempty"`
	Headers    map[string][]string `json:"headers,omitempty"`
	URL        string              `json:"url,omitempty"`
	Host       string              `json:"host,omitempty"`
	Method     string              `json:"method,omitempty"`
	Name       string              `json:"name,omitempty"`
	RemoteAddr string              `json:"remoteAddr,omitempty"`
}

func addresses() []string {
	var found []string
	interfaces, _ := net.Interfaces()
	for _, i := range interfaces {
		nets, _ := i.Addrs()
		for _, n := range nets {
			switch a := n.(type) {
			case *net.IPNet:
				found = append(found, a.IP.String())
			case *net.IPAddr:
				found = append(found, a.IP.String())
			}
		}
	}
	return found
}

func main() {
	host := flag.String("host", "127.0.0.1", "address to listen on")
	port := flag.Int("port", 0, "port to listen on; 0 takes a free one")
	name := flag.String("name", "", "name to answer with")
	flag.Parse()

	hostname, _ := os.Hostname()
	ips := addresses()

	http.HandleFunc("/", func(w http.ResponseWriter, r *http.Request) {
		if wait, err := time.ParseDuration(r.URL.Query().Get("wait")); err == nil {
			time.Sleep(wait)
		}
		if *name != "" {
			fmt.Fprintln(w, "Name:", *name)
		}
		fmt.Fprintln(w, "Hostname:", hostname)
		for _, ip := range ips {
			fmt.Fprintln(w, "IP:", ip)
		}
		fmt.Fprintln(w, "RemoteAddr:", r.RemoteAddr)
		if err := r.Write(w); err != nil {
			http.Error(w, err.Error(), http.StatusInternalServerError)
		}
	})
	http.HandleFunc("/api", func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		json.NewEncoder(w).Encode(answer{hostname, ips, r.Header, r.URL.RequestURI(), r.Host, r.Method, *name, r.RemoteAddr})
	})
	http.HandleFunc("/bench", func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "text/plain")
		fmt.Fprint(w, "1")
	})
	http.HandleFunc("/health", func(w http.ResponseWriter, r *http.Request) {})

	listener, err := net.Listen("tcp", fmt.Sprintf("%s:%d", *host, *port))
	if err != nil {
		log.Fatal(err)
	}
	fmt.Printf("listening on http://%s\n", listener.Addr())
	log.Fatal(http.Serve(listener, nil))
}
