package io.github.resilientchat.core.route;

import java.util.concurrent.atomic.AtomicIntegerArray;

/**
 * The place of a tier that each thread keeps to, spread over all places at first. Threads that
 * share an entry keep to one place; an entry is alone on its cache line. Thread-safe.
 */
final class KeptPlaces {

  private static final int ENTRY_BITS = 5;
  private static final int SPACING_BITS = 4;

  /** The golden ratio, in 64 bits. */
  private static final long SPREAD = 0x9E3779B97F4A7C15L;

  private final AtomicIntegerArray places = new AtomicIntegerArray(1 << ENTRY_BITS + SPACING_BITS);

  KeptPlaces(int size) {
    for (int entry = 0; entry < 1 << ENTRY_BITS; entry++) {
      places.setPlain(entry << SPACING_BITS, entry * size >> ENTRY_BITS);
    }
  }

  /** Where a thread found its target last. */
  int of(Thread thread) {
    return places.get(at(thread));
  }

  /** It keeps to this place from now on. */
  void keep(Thread thread, int place) {
    places.set(at(thread), place);
  }

  /** Spread so that threads made one after the other do not stand side by side. */
  private static int at(Thread thread) {
    return (int) (thread.getId() * SPREAD >>> Long.SIZE - ENTRY_BITS) << SPACING_BITS;
  }
}
