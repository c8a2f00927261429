package io.github.resilientchat.benchmarks.chaos;

/** How a connection is treated while the fault lasts. */
enum Manner {
  PASS,
  /** Those that are open are reset, and each new one with its first bytes. */
  RESET,
  /** Those that are open are reset, and nobody listens. */
  REFUSE,
  /** Taken, and nothing passes in either direction; it does when the fault is over. */
  BLACK_HOLE,
  /** Those that are open die without a word, every two seconds; new ones pass. */
  HALF_OPEN,
  /** Ten bytes a second come back. */
  DRIP,
  /** Ends in good order after some bytes. */
  TRUNCATE,
  /** One byte in twenty comes back as another. */
  FLIP,
  /** What comes back is four seconds late. */
  LATE,
  /** All that are open are reset once. */
  LOSE_ONCE,
  /** All that are open are reset, every two seconds; new ones pass. */
  LOSE,
  /** A second of refusal, a second of health, in turn. */
  FLAP,
  /** Those that are open are reset; new ones see a certificate of nobody. */
  BAD_CERTIFICATE;

  boolean resetsOpenOnes() {
    return switch (this) {
      case RESET, REFUSE, LOSE_ONCE, LOSE, FLAP, BAD_CERTIFICATE -> true;
      default -> false;
    };
  }
}
