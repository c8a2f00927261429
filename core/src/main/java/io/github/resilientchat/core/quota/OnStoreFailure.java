package io.github.resilientchat.core.quota;

/** What becomes of limits while the store that instances share cannot be asked. */
public enum OnStoreFailure {
  /** This instance holds its callers to its own share of them, in its own memory. */
  LOCAL,
  /** They limit nobody. */
  OPEN,
  /** Nothing passes that they count. */
  CLOSED
}
