package io.github.resilientchat.benchmarks.simulation;

import io.github.resilientchat.core.adapter.AlreadyEnded;
import io.github.resilientchat.core.adapter.Attempt;
import io.github.resilientchat.core.adapter.Pause;

/** Late and repeated signals, as LangChain4j's Bedrock stream sends: the engine must not hear. */
final class Echo {

  private Echo() {}

  static void of(Attempt ended, VirtualTime time) {
    boolean unheard =
        !ended.accept()
            && !ended.completed(null)
            && ended.failed(ProviderError.TIMED_OUT) == AlreadyEnded.INSTANCE;
    ended.cancelled();
    Broken.unless(unheard, time, "an attempt ends once", ended.target());
  }

  static void of(Pause ended, VirtualTime time) {
    boolean unheard = ended.resume() == AlreadyEnded.INSTANCE;
    ended.cancelled();
    Broken.unless(unheard, time, "a pause ends once", ended.delay());
  }
}
