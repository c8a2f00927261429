package io.github.resilientchat.core.adapter;

import io.github.resilientchat.core.ModelCall;
import io.github.resilientchat.core.route.Route;

/**
 * Decides, for one route, which target a call tries and what follows. Passive and thread-safe: it
 * starts no thread, calls nothing back and never sees a prompt. A driver asks for a {@link Step},
 * does what the step says, and asks again.
 */
public interface Router {

  /** The first step of a call. Everything the step reserved is given back by ending the step. */
  Step begin(ModelCall call);

  Route route();

  /** The streamed calls that run now, of all routes of the engine. */
  RunningStreams streams();
}
