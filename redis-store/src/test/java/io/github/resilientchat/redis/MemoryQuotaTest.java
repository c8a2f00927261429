package io.github.resilientchat.redis;

import io.github.resilientchat.core.quota.SharedStore;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;

/** The contract, in this process's memory. */
class MemoryQuotaTest extends QuotaContract {

  @Override
  @Nullable SharedStore store(ZoneId zone) {
    return null;
  }
}
