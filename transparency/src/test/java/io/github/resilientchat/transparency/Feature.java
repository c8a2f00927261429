package io.github.resilientchat.transparency;

import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Something that a model can be asked for, or can do, in each mode in which it can be. */
final class Feature {

  /** Makes one call and notes what happens. */
  interface Trial {
    void run(Way way, Transcript heard) throws Exception;
  }

  /** What the service answers to a call. */
  interface Script {
    Reply answer(RecordingBedrock.Request request);
  }

  enum Mode {
    CALL,
    STREAM
  }

  final String name;
  final Script script;

  /** Whether the starters' models can be built for it; they know no settings but their own. */
  final boolean starters;

  /** How long targets rest after it. */
  final java.time.Duration rest;

  /** What the service could have said instead, that the framework knows. */
  @Nullable Script likened;

  final Map<Mode, Trial> trials = new EnumMap<>(Mode.class);

  Feature(String name, Script script, boolean starters, java.time.Duration rest) {
    this.name = name;
    this.script = script;
    this.starters = starters;
    this.rest = rest;
  }

  Feature likened(Script script) {
    likened = script;
    return this;
  }

  Feature call(Trial trial) {
    trials.put(Mode.CALL, trial);
    return this;
  }

  Feature stream(Trial trial) {
    trials.put(Mode.STREAM, trial);
    return this;
  }
}
