package io.github.resilientchat.core.report;

import java.util.concurrent.CancellationException;

/**
 * The application stops, and with it an answer that was still streamed: cancelled, at Bedrock too.
 * Neither success nor failure of a target; the call's report says cancelled.
 */
public final class CallStoppedException extends CancellationException {

  private static final long serialVersionUID = 1L;

  public CallStoppedException() {
    super("the application stops, and with it the answer that was streamed");
  }
}
