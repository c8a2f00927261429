package io.github.resilientchat.core.internal.gate;

import io.github.resilientchat.core.ModelCall;
import io.github.resilientchat.core.route.Target;

/**
 * Something that may keep a call from a target: a breaker, a cool-down, a limit. Asked only for the
 * target that was chosen; thread-safe; never blocks and never throws to refuse.
 */
@FunctionalInterface
public interface Gate {

  Entry tryEnter(ModelCall call, Target target);
}
