package io.github.resilientchat.simulator;

import com.fasterxml.jackson.databind.JsonNode;

/** An answer in the two shapes of the wire: one JSON document, or the frames of a stream. */
interface Reply {

  Usage usage();

  /** What it costs when only so many characters reached the client. */
  Usage usageAfter(long sent);

  int frames();

  /** The last frame tells the latency. */
  Frame frame(int index, long latencyMillis);

  JsonNode body(long latencyMillis);
}
