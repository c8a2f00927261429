package io.github.resilientchat.core.report;

/**
 * What identity says of the caller names nobody: a blank or endless name, several where there must
 * be one, control characters. The call is refused; the message never shows the name. Expected, and
 * so without a stack trace, whoever logs it.
 */
public final class InvalidCallerException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  public InvalidCallerException(String message) {
    super(message, null, false, false);
  }
}
