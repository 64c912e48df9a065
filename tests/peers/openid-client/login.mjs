// One login by npm openid-client 6, its tokens verified by npm jose; the person in the middle is somebody else's part.
//
//   node login.mjs '{"issuer", "clientId", "clientSecret", "redirectUri", "scope", "lead": {"host:port": port}}'
//
// Writes the authorization URL as a line, reads the callback's URL as a line, and writes a line of JSON with what it found.
// Names of a lab lead to loopback ports through `lead`; their certificates are checked as usual (NODE_EXTRA_CA_CERTS).
import http from "node:http";
import https from "node:https";
import readline from "node:readline";

import * as jose from "jose";
import * as client from "openid-client";

const told = JSON.parse(process.argv[2]);

// fetch() for names that no resolver knows.
async function visit(target, options = {}) {
    const url = new URL(target);
    const port = url.port || (url.protocol === "https:" ? "443" : "80");
    const body = options.body === undefined || options.body === null ? undefined : String(options.body);
    const headers = { ...Object.fromEntries(new Headers(options.headers)), host: url.host };
    if (options.body instanceof URLSearchParams) {
        headers["content-type"] ??= "application/x-www-form-urlencoded;charset=UTF-8";
    }
    return new Promise((resolve, reject) => {
        const request = (url.protocol === "https:" ? https : http).request({
            host: "127.0.0.1",
            port: told.lead?.[`${url.hostname}:${port}`] ?? port,
            servername: url.hostname,
            path: url.pathname + url.search,
            method: options.method ?? "GET",
            headers,
            timeout: 90000,
        }, (answer) => {
            const chunks = [];
            answer.on("data", (chunk) => chunks.push(chunk));
            answer.on("end", () => resolve(new Response(chunks.length ? Buffer.concat(chunks) : null, {
                status: answer.statusCode,
                headers: answer.headers,
            })));
            answer.on("error", reject);
        });
        request.on("error", reject);
        request.on("timeout", () => request.destroy(new Error(`${url} did not answer`)));
        request.end(body);
    });
}

async function refused(attempt) {
    try {
        await attempt();
        return "accepted";
    } catch (error) {
        return error.error ?? error.code ?? error.name;
    }
}

const insecure = new URL(told.issuer).protocol === "http:";
const config = await client.discovery(new URL(told.issuer), told.clientId, told.clientSecret, undefined, {
    [client.customFetch]: visit,
    execute: insecure ? [client.allowInsecureRequests] : [],
});
const server = config.serverMetadata();
const verifier = client.randomPKCECodeVerifier();
const state = client.randomState();
const nonce = client.randomNonce();
const authorization = client.buildAuthorizationUrl(config, {
    redirect_uri: told.redirectUri,
    scope: told.scope,
    code_challenge: await client.calculatePKCECodeChallenge(verifier),
    code_challenge_method: "S256",
    state,
    nonce,
});
console.log(authorization.href);

const line = await readline.createInterface({ input: process.stdin })[Symbol.asyncIterator]().next();
const callback = new URL(line.value);
const checks = { pkceCodeVerifier: verifier, expectedState: state, expectedNonce: nonce, idTokenExpected: true };
const tokens = await client.authorizationCodeGrant(config, callback, checks);
const claims = tokens.claims();
const userinfo = await client.fetchUserInfo(config, tokens.access_token, claims.sub);
const refreshed = await client.refreshTokenGrant(config, tokens.refresh_token);
// Last, since a provider ends what it gave for a code that comes twice.
const again = await refused(() => client.authorizationCodeGrant(config, callback, checks));

const keys = jose.createRemoteJWKSet(new URL(server.jwks_uri), { [jose.customFetch]: visit });
const id = await jose.jwtVerify(tokens.id_token, keys, { issuer: server.issuer, audience: told.clientId });
const access = await jose.jwtVerify(tokens.access_token, keys, { issuer: server.issuer });
const [head, payload, signature] = tokens.id_token.split(".");
const forged = [head, Buffer.from(JSON.stringify({ ...claims, sub: "somebody else" })).toString("base64url"), signature].join(".");

console.log(JSON.stringify({
    issuer: server.issuer,
    idToken: id.payload,
    idHeader: id.protectedHeader,
    accessToken: access.payload,
    userinfo,
    again,
    forged: await refused(() => jose.jwtVerify(forged, keys, { issuer: server.issuer })),
    stranger: await refused(() => jose.jwtVerify(tokens.id_token, keys, { issuer: server.issuer, audience: "somebody-else" })),
    refreshed: { idToken: refreshed.claims(), scope: refreshed.scope, type: refreshed.token_type },
    endSession: client.buildEndSessionUrl(config, { id_token_hint: tokens.id_token }).href,
    expiresIn: tokens.expires_in,
    scope: tokens.scope,
}));
process.exit(0);
