#include <crypto/opensslHandle.h>
#include <crypto/serverCertificate.h>

#include <algorithm>
#include <array>
#include <ctime>
#include <openssl/pem.h>

namespace gatehouse::crypto {

namespace {

constexpr Message unreadable{"server-certificate-unreadable",
                             GH_TEXT("core", "{host} showed no certificate that can be read"), ""};
constexpr Message noAnchor{
    "server-certificate-no-anchor",
    GH_TEXT("core", "No authority is trusted for {host}, so its certificate cannot be checked"),
    GH_TEXT("core", "Name the server and its `caFile` under `trust:` in the lab.")};
constexpr Message wrongHost{"server-certificate-host",
                            GH_TEXT("core", "The certificate that {host} showed is for another name"),
                            GH_TEXT("core", "Is the right server listening there?")};
constexpr Message expired{"server-certificate-expired",
                          GH_TEXT("core", "The certificate of {host} has expired"),
                          GH_TEXT("core", "Have it renewed; and look at this computer's clock.")};
constexpr Message notYet{"server-certificate-not-yet",
                         GH_TEXT("core", "The certificate of {host} is not valid yet"),
                         GH_TEXT("core", "Look at this computer's clock and at the server's.")};
constexpr Message purpose{"server-certificate-purpose",
                          GH_TEXT("core", "The certificate of {host} is not meant for a server"),
                          GH_TEXT("core", "It needs the extended key usage serverAuth.")};
constexpr Message untrusted{
    "server-certificate-untrusted",
    GH_TEXT("core", "The certificate of {host} is not signed by the authority that is trusted for it"),
    GH_TEXT("core", "Lab names need this user's Gatehouse authority, other servers the `caFile` of their "
                    "`trust:` entry.")};
constexpr Message refused{"server-certificate-refused",
                          GH_TEXT("core", "The certificate of {host} cannot be accepted"), ""};

struct FreeStack {
    void operator()(STACK_OF(X509) * stack) const { sk_X509_pop_free(stack, X509_free); }
};
using Stack = std::unique_ptr<STACK_OF(X509), FreeStack>;
using Store = Handle<X509_STORE, X509_STORE_free>;
using StoreContext = Handle<X509_STORE_CTX, X509_STORE_CTX_free>;

Stack readAll(std::string_view pem) {
    Stack out(required(sk_X509_new_null(), "sk_X509_new_null"));
    const MemoryBio bio = readerOf(pem);
    const auto noPassphrase = [](char*, int, int, void*) { return 0; };
    while (X509* const one = PEM_read_bio_X509(bio.get(), nullptr, noPassphrase, nullptr))
        require(sk_X509_push(out.get(), one) > 0, "sk_X509_push");
    takeReason(); // the end of the text is an error to OpenSSL
    return out;
}

const Message& messageFor(int code) {
    switch (code) {
    case X509_V_ERR_HOSTNAME_MISMATCH:
    case X509_V_ERR_IP_ADDRESS_MISMATCH:
        return wrongHost;
    case X509_V_ERR_CERT_HAS_EXPIRED:
        return expired;
    case X509_V_ERR_CERT_NOT_YET_VALID:
        return notYet;
    case X509_V_ERR_INVALID_PURPOSE:
        return purpose;
    case X509_V_ERR_DEPTH_ZERO_SELF_SIGNED_CERT:
    case X509_V_ERR_SELF_SIGNED_CERT_IN_CHAIN:
    case X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT:
    case X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT_LOCALLY:
    case X509_V_ERR_UNABLE_TO_VERIFY_LEAF_SIGNATURE:
    case X509_V_ERR_CERT_SIGNATURE_FAILURE:
        return untrusted;
    default:
        return refused;
    }
}

// False: `host` is neither a name nor an address that a certificate could carry.
bool expect(X509_VERIFY_PARAM* param, const std::string& host) {
    X509_VERIFY_PARAM_set_hostflags(param, X509_CHECK_FLAG_NO_PARTIAL_WILDCARDS |
                                               X509_CHECK_FLAG_NEVER_CHECK_SUBJECT);
    if (X509_VERIFY_PARAM_set1_ip_asc(param, host.c_str()) == 1)
        return true;
    takeReason();
    return X509_VERIFY_PARAM_set1_host(param, host.data(), host.size()) == 1;
}

} // namespace

Result<void> verifyServerCertificate(std::string_view chainPem, const std::vector<std::string>& trustedPems,
                                     std::string_view host, const Now& now) {
    if (host.size() > 2 && host.front() == '[' && host.back() == ']')
        host = host.substr(1, host.size() - 2);
    const std::string name(host);
    const std::map<std::string, std::string> args{{"host", name}};
    const Stack chain = readAll(chainPem);
    if (sk_X509_num(chain.get()) == 0)
        return fail(unreadable, args);

    const Store store(required(X509_STORE_new(), "X509_STORE_new"));
    int anchors = 0;
    for (const std::string& pem : trustedPems) {
        const Stack trusted = readAll(pem);
        for (int i = 0; i < sk_X509_num(trusted.get()); ++i, ++anchors)
            require(X509_STORE_add_cert(store.get(), sk_X509_value(trusted.get(), i)) == 1,
                    "X509_STORE_add_cert");
    }
    if (anchors == 0)
        return fail(noAnchor, args);

    const StoreContext context(required(X509_STORE_CTX_new(), "X509_STORE_CTX_new"));
    require(X509_STORE_CTX_init(context.get(), store.get(), sk_X509_value(chain.get(), 0), chain.get()) == 1,
            "X509_STORE_CTX_init");
    X509_VERIFY_PARAM* const param = X509_STORE_CTX_get0_param(context.get());
    require(X509_VERIFY_PARAM_set_purpose(param, X509_PURPOSE_SSL_SERVER) == 1, "purpose of a certificate");
    X509_VERIFY_PARAM_set_time(param, static_cast<std::time_t>(now.unixSeconds()));
    if (name.empty() || !expect(param, name))
        return fail(wrongHost, args, {}, takeReason());
    const bool good = X509_verify_cert(context.get()) == 1;
    const int code = X509_STORE_CTX_get_error(context.get());
    takeReason();
    if (good && code == X509_V_OK)
        return {};
    return fail(messageFor(code), args, {}, X509_verify_cert_error_string(code));
}

bool isOfServerCertificate(const Message& message) {
    static constexpr std::array all{&unreadable, &noAnchor, &wrongHost, &expired,
                                    &notYet,     &purpose,  &untrusted, &refused};
    return std::find(all.begin(), all.end(), &message) != all.end();
}

} // namespace gatehouse::crypto
