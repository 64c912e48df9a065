// The look and the script of the pages. Our own; no asset of Keycloak is copied.
#pragma once

#include <string_view>

namespace gatehouse::provider {

inline constexpr std::string_view pageStyle = R"css(
:root{color-scheme:light dark;--ink:#1b1f24;--soft:#57606a;--ground:#eef1f5;--card:#fff;--line:#c8d1da;--accent:#0b5cad;--bad:#b42318;--good:#1a7f37}
@media(prefers-color-scheme:dark){:root{--ink:#e6e9ed;--soft:#9aa4af;--ground:#14181d;--card:#1e242b;--line:#3a434d;--accent:#6cb2ff;--bad:#ff8d82;--good:#6fd08c}}
*{box-sizing:border-box}
body{margin:0;min-height:100vh;background:var(--ground);color:var(--ink);font:16px/1.5 system-ui,sans-serif;display:flex;flex-direction:column;align-items:center;padding:2rem 1rem}
header{font-size:1.25rem;font-weight:600;margin-bottom:1rem;text-align:center;overflow-wrap:anywhere}
main{width:100%;max-width:27rem;background:var(--card);border:1px solid var(--line);border-radius:.75rem;padding:1.75rem}
h1{font-size:1.35rem;margin:0 0 1rem}
label{display:block;font-weight:600;margin:.9rem 0 .25rem}
label.inline{display:inline;font-weight:400;margin-left:.35rem}
input[type=text],input[type=password]{width:100%;font:inherit;padding:.55rem .7rem;border:1px solid var(--line);border-radius:.4rem;background:transparent;color:inherit}
input[aria-invalid=true]{border-color:var(--bad)}
:focus-visible{outline:3px solid var(--accent);outline-offset:1px}
.row{display:flex;gap:.4rem}.row input{flex:1}
.primary{display:block;width:100%;margin-top:1.25rem;padding:.6rem;border:0;border-radius:.4rem;background:var(--accent);color:var(--card);font:inherit;font-weight:600;cursor:pointer}
.plain{padding:.5rem .7rem;border:1px solid var(--line);border-radius:.4rem;background:transparent;color:inherit;font:inherit;cursor:pointer}
.kc-feedback-text,.alert p{margin:0}
.alert{border-left:4px solid var(--accent);padding:.5rem .8rem;margin:0 0 1rem;background:color-mix(in srgb,var(--accent) 8%,transparent)}
.alert.error{border-color:var(--bad)}.alert.success{border-color:var(--good)}
.error-text{color:var(--bad);font-size:.9rem;margin-top:.25rem}
.soft{color:var(--soft);font-size:.9rem}
img{display:block;margin:1rem auto;image-rendering:pixelated;background:#fff}
code,#kc-totp-secret-key{font-family:ui-monospace,monospace;overflow-wrap:anywhere}
a{color:var(--accent)}
footer{margin-top:1rem;color:var(--soft);font-size:.8rem;text-align:center}
)css";

// Two things that Keycloak's pages do: a login that ended in another tab ends this one too (the session
// cookie appears), and the eye shows a password.
inline constexpr std::string_view pageScript = R"js(
const cookie=n=>(document.cookie.split('; ').find(c=>c.startsWith(n+'='))||'').slice(n.length+1).replace(/^"|"$/g,'');
function startSessionPolling(url){if(cookie('KEYCLOAK_SESSION'))return;const timer=setInterval(()=>{if(cookie('KEYCLOAK_SESSION')){clearInterval(timer);location.href=url}},2000),stop=()=>clearInterval(timer);for(const form of document.forms)form.addEventListener('submit',stop);addEventListener('beforeunload',stop)}
function checkAuthSession(hash){setTimeout(()=>{const now=cookie('KC_AUTH_SESSION_HASH');if(now&&now!==hash)location.reload()},1000)}
document.querySelectorAll('[data-reveal]').forEach(b=>b.addEventListener('click',()=>{const i=document.getElementById(b.dataset.reveal),shown=i.type==='text';i.type=shown?'password':'text';b.setAttribute('aria-pressed',String(!shown))}));
)js";

} // namespace gatehouse::provider
