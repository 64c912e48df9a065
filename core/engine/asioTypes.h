// Asio with the concrete executor of one io_context: no type erasure, no strand, one thread.
//
// Coroutines here await as a statement of their own, never inside a switch, a loop's condition, && or ||: GCC
// 12 miscompiles the first, and the others are not worth finding out.
#pragma once

#include <asio/awaitable.hpp>
#include <asio/buffer.hpp>
#include <asio/experimental/as_tuple.hpp>
#include <asio/io_context.hpp>
#include <asio/ip/tcp.hpp>
#include <asio/use_awaitable.hpp>
#include <system_error>

namespace gatehouse::engine {

using Executor = asio::io_context::executor_type;
using Socket = asio::basic_stream_socket<asio::ip::tcp, Executor>;
using Acceptor = asio::basic_socket_acceptor<asio::ip::tcp, Executor>;
template <class T>
using Task = asio::awaitable<T, Executor>;

// co_await operation(…, tupled) gives [error, values…] and throws nothing.
inline constexpr asio::experimental::as_tuple_t<asio::use_awaitable_t<Executor>> tupled{
    asio::use_awaitable_t<Executor>{}};

} // namespace gatehouse::engine
