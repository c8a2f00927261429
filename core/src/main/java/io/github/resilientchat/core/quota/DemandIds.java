package io.github.resilientchat.core.quota;

import java.security.SecureRandom;
import java.util.Base64;
import java.util.concurrent.atomic.AtomicLong;

/** Names for demands that no other instance of a fleet gives, nor this one after a restart. */
final class DemandIds {

  private static final int BYTES = 12;

  private final String instance;
  private final AtomicLong next = new AtomicLong();

  DemandIds() {
    byte[] random = new byte[BYTES];
    new SecureRandom().nextBytes(random);
    instance = Base64.getUrlEncoder().withoutPadding().encodeToString(random) + "-";
  }

  String next() {
    return instance + Long.toString(next.incrementAndGet(), Character.MAX_RADIX);
  }
}
