/**
 * Several proxies that remember handshakes together, in Redis or Valkey: {@link
 * io.github.mtgjava.examples.redis.RedisReplayCache} is the cache, {@link io.github.mtgjava.examples.redis.RedisProxy} a proxy
 * with it that is fit to stand behind a load balancer. {@code docs/scaling.md} has the whole picture.
 */
@NullMarked
package io.github.mtgjava.examples.redis;

import org.jspecify.annotations.NullMarked;
