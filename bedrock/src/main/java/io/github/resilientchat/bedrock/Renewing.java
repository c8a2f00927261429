package io.github.resilientchat.bedrock;

import java.util.concurrent.atomic.AtomicInteger;

/** Credentials that are renewed once for each of their generations, however often it is refused. */
abstract class Renewing implements Refusable {

  private final AtomicInteger generation = new AtomicInteger();

  @Override
  public final int generation() {
    return generation.get();
  }

  @Override
  public final void refused(int refusedGeneration) {
    if (generation.compareAndSet(refusedGeneration, refusedGeneration + 1)) {
      renew();
    }
  }

  /** Runs under no lock: providers are anybody's. */
  abstract void renew();
}
