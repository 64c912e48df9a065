// A file of observations (README.md in data/): configurations, requests, scripts of the test peers, what came
// of it.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace gatehouse::observations {

using Fields = std::vector<std::pair<std::string, std::string>>;

struct Script { // what a test peer answered
    int status = 200;
    Fields headers;
    std::string raw; // instead of both
    std::string body;
    bool close = false;    // the connection was closed without an answer
    bool webSocket = true; // an upgrade is accepted
};

struct Request {
    std::string method, target, scheme, http, body, raw, clientAddress = "127.0.0.1";
    Fields headers;
};

struct Seen { // what a test peer received
    std::string server, line;
    Fields headers;
};

struct Answer {
    int status = 0;
    std::string reason, protocol, bodyClass;
    Fields headers;
};

struct Observation {
    std::string id, topic, config;
    Request request;
    std::vector<Script> auth, upstream;
    Answer answer;
    std::vector<Seen> authRequests, upstreamRequests;
};

struct Config {
    std::string id, epoch, objects;
    std::map<std::string, std::string> controller;
    bool refusedByServer = false;
};

struct Verdict { // of API server and webhook on one object, tried alone
    std::string config;
    bool allowed = true;
};

struct Observations {
    std::vector<Verdict> admission;
    std::map<std::string, Config> configs;
    std::vector<Observation> observations;
};

// Adds a file's content; an error text, or nothing.
std::optional<std::string> load(const std::string& path, Observations& into);

// "<'a' x 3000>" stands for 3000 letters.
std::string expanded(const std::string& text);

} // namespace gatehouse::observations
