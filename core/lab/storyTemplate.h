// The texts of the two labs that run as they are.
#pragma once

#include <string_view>

namespace gatehouse::lab {

// whoami behind oauth2-proxy and Keycloak.
inline constexpr std::string_view storyText =
    R"(# Secure `whoami` with Keycloak through oauth2-proxy and ingress-nginx: the whole arrangement, on this desk.
#
#   gatehouse rehearse whoami.gatehouse.yaml     logs in as alice and as bob, and shows every hop
#   gatehouse run whoami.gatehouse.yaml          serves it, for a browser or curl
#
# Names are those of the originals: Keycloak's, oauth2-proxy's, the Ingress's. `gatehouse explain NAME` tells about each.
# A lab never holds a secret, only its name: {secret: alice-password}. Values come from GATEHOUSE_SECRET_ALICE_PASSWORD,
# from the secret store, or are made up and stay the same: `gatehouse secret whoami.gatehouse.yaml alice-password`.

gatehouse: 1                                 # version of this format

listeners:                                   # these are the defaults; `rehearse` takes free ports instead
  - {name: https, bind: 127.0.0.1:8443, public: 443}      # TLS by name: the hosts of the ingresses and the provider
  - {name: http, bind: 127.0.0.1:8080, public: 80}        # sends everybody on to https
  - {name: proxy, bind: 127.0.0.1:8888, connect: true}    # for browsers and curl: takes the names of this lab only

providers:
  - name: keycloak
    url: https://keycloak.domain.tld         # the issuer is https://keycloak.domain.tld/realms/demo
    runs: embedded                           # a real one: {external: {admin: {username: admin, password: {secret: keycloak-admin}}}}
    realms:
      - realm: demo
        enabled: true
        clients:
          - clientId: oauth2-proxy
            protocol: openid-connect
            publicClient: false              # it has a secret: "Client authentication" in Keycloak's console
            secret: {secret: oauth2-proxy-client}
            redirectUris: [https://whoami.domain.tld/oauth2/callback]
            protocolMappers:                 # the claim `groups`, by short names: oauth2-proxy, not /oauth2-proxy
              - name: groups
                protocol: openid-connect
                protocolMapper: oidc-group-membership-mapper
                config:
                  claim.name: groups
                  full.path: "false"
                  id.token.claim: "true"
                  access.token.claim: "true"
                  userinfo.token.claim: "true"
        groups:
          - name: oauth2-proxy               # whose members may pass
        users:                               # without e-mail, first and last name Keycloak stops at a profile page
          - username: alice
            enabled: true
            email: alice@domain.tld
            emailVerified: true
            firstName: Alice
            lastName: Example
            groups: [/oauth2-proxy]
            credentials:
              - {type: password, value: {secret: alice-password}}
              - {type: otp, secretData: {secret: alice-totp}}     # the code: `gatehouse totp whoami.gatehouse.yaml alice`
          - username: bob                    # is in no group
            enabled: true
            email: bob@domain.tld
            emailVerified: true
            firstName: Bob
            lastName: Example
            credentials:
              - {type: password, value: {secret: bob-password}}
              - {type: otp, secretData: {secret: bob-totp}}

gates:
  - name: oauth2-proxy
    namespace: default
    options:                                 # oauth2-proxy's own, by the names of its flags
      provider: keycloak-oidc
      oidc-issuer-url: https://keycloak.domain.tld/realms/demo
      client-id: oauth2-proxy
      client-secret: {secret: oauth2-proxy-client}
      cookie-secret: {secret: oauth2-proxy-cookie}
      scope: openid email profile            # without it, allowed-group asks for a scope `groups` that this realm lacks
      code-challenge-method: S256
      allowed-group: [oauth2-proxy]
      email-domain: ["*"]
      reverse-proxy: true                    # believe X-Forwarded-* …
      trusted-proxy-ip: [127.0.0.1/32, 10.0.0.0/8]     # … of these
      upstream: [static://202]               # it serves nothing itself, it only says yes or no
      http-address: 0.0.0.0:4180             # in the cluster; here it is reached through the ingress

controller:                                  # the ingress-nginx ConfigMap
  proxy-add-original-uri-header: "true"      # whoami shows X-Original-Uri

ingresses:                                   # Kubernetes' own shape, annotations verbatim
  - namespace: default
    name: whoami
    ingressClassName: nginx
    annotations:
      nginx.ingress.kubernetes.io/auth-url: https://$host/oauth2/auth
      nginx.ingress.kubernetes.io/auth-signin: https://$host/oauth2/start?rd=$escaped_request_uri
    tls:
      - {hosts: [whoami.domain.tld], secretName: whoami-domain-cert}
    rules:
      - host: whoami.domain.tld
        http:
          paths:
            - {path: /, pathType: Prefix, backend: {service: {name: whoami, port: {number: 80}}}}
  - namespace: default                       # without those two annotations, or nobody could ever log in
    name: whoami-oauth2-proxy
    ingressClassName: nginx
    tls:
      - {hosts: [whoami.domain.tld], secretName: whoami-domain-cert}
    rules:
      - host: whoami.domain.tld
        http:
          paths:
            - {path: /oauth2, pathType: Prefix, backend: {service: {name: oauth2-proxy, port: {number: 4180}}}}

services:
  - {namespace: default, name: whoami, port: 80, runs: embedded}             # or your own: runs: http://127.0.0.1:3000
  - {namespace: default, name: oauth2-proxy, port: 4180, runs: {gate: oauth2-proxy}}   # or a real one by its URL

rehearsals:                                  # what must be true
  - {as: alice, url: https://whoami.domain.tld/, expect: allowed}
  - {as: bob, url: https://whoami.domain.tld/, expect: denied}
)";

// The same for one's own service. @HOST@, @NAME@, @URL@, @PROVIDER@ and @DOMAIN@ are filled in.
inline constexpr std::string_view protectText =
    R"(# @HOST@ behind Keycloak, oauth2-proxy and ingress-nginx, on this desk; the service itself runs at
# @URL@ and knows nothing of it.
#
# Names are those of the originals; `gatehouse explain NAME` tells about each. A lab never holds a secret, only its name:
# `gatehouse secret THIS-FILE alice-password` prints a value, `gatehouse totp THIS-FILE alice` the code of the moment.

gatehouse: 1

providers:
  - name: keycloak
    url: https://@PROVIDER@
    runs: embedded                           # a real one: {external: {admin: {username: admin, password: {secret: keycloak-admin}}}}
    realms:
      - realm: demo
        enabled: true
        clients:
          - clientId: oauth2-proxy
            protocol: openid-connect
            publicClient: false
            secret: {secret: oauth2-proxy-client}
            redirectUris: [https://@HOST@/oauth2/callback]
            protocolMappers:
              - name: groups
                protocol: openid-connect
                protocolMapper: oidc-group-membership-mapper
                config:
                  claim.name: groups
                  full.path: "false"
                  id.token.claim: "true"
                  access.token.claim: "true"
                  userinfo.token.claim: "true"
        groups:
          - name: @NAME@-users               # whose members may pass
        users:                               # without e-mail, first and last name Keycloak stops at a profile page
          - username: alice
            enabled: true
            email: alice@@DOMAIN@
            emailVerified: true
            firstName: Alice
            lastName: Example
            groups: [/@NAME@-users]
            credentials:
              - {type: password, value: {secret: alice-password}}
              - {type: otp, secretData: {secret: alice-totp}}

gates:
  - name: oauth2-proxy
    namespace: default
    options:                                 # oauth2-proxy's own, by the names of its flags
      provider: keycloak-oidc
      oidc-issuer-url: https://@PROVIDER@/realms/demo
      client-id: oauth2-proxy
      client-secret: {secret: oauth2-proxy-client}
      cookie-secret: {secret: oauth2-proxy-cookie}
      scope: openid email profile
      code-challenge-method: S256
      allowed-group: [@NAME@-users]
      email-domain: ["*"]
      reverse-proxy: true
      trusted-proxy-ip: [127.0.0.1/32, 10.0.0.0/8]
      upstream: [static://202]
      http-address: 0.0.0.0:4180

ingresses:
  - namespace: default
    name: @NAME@
    ingressClassName: nginx
    annotations:
      nginx.ingress.kubernetes.io/auth-url: https://$host/oauth2/auth
      nginx.ingress.kubernetes.io/auth-signin: https://$host/oauth2/start?rd=$escaped_request_uri
    tls:
      - {hosts: [@HOST@], secretName: @NAME@-cert}
    rules:
      - host: @HOST@
        http:
          paths:
            - {path: /, pathType: Prefix, backend: {service: {name: @NAME@, port: {number: 80}}}}
  - namespace: default                       # without those two annotations, or nobody could ever log in
    name: @NAME@-oauth2-proxy
    ingressClassName: nginx
    tls:
      - {hosts: [@HOST@], secretName: @NAME@-cert}
    rules:
      - host: @HOST@
        http:
          paths:
            - {path: /oauth2, pathType: Prefix, backend: {service: {name: oauth2-proxy, port: {number: 4180}}}}

services:
  - {namespace: default, name: @NAME@, port: 80, runs: "@URL@"}
  - {namespace: default, name: oauth2-proxy, port: 4180, runs: {gate: oauth2-proxy}}

rehearsals:
  - {as: alice, url: "https://@HOST@/", expect: allowed}
)";

} // namespace gatehouse::lab
