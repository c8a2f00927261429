package io.github.resilientchat.bedrock;

import java.util.concurrent.CancellationException;

/** The exchange was stopped on purpose. Has no stack trace: handlers log it at every disconnect. */
final class StoppedException extends CancellationException {

  private static final long serialVersionUID = 1L;

  StoppedException() {
    super("the exchange was stopped");
  }

  @Override
  public synchronized Throwable fillInStackTrace() {
    return this;
  }
}
