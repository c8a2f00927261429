package io.github.resilientchat.autoconfigure.quota;

import io.github.resilientchat.core.quota.QuotaStore;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;

/** Opens the store that the instances of an application share. */
@FunctionalInterface
public interface StoreOpener {

  /**
   * Opens it; whoever asked for it closes it.
   *
   * @param prefix what all keys begin with
   * @param secret by which names of users are digested; null for one that the instances agree upon
   * @param zone where days and months begin
   * @throws IllegalArgumentException if the prefix or the secret cannot be used
   */
  QuotaStore open(String prefix, @Nullable String secret, ZoneId zone);
}
