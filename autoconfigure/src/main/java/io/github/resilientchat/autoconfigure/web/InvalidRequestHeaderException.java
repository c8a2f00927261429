package io.github.resilientchat.autoconfigure.web;

/** A header in which a request asks something cannot be read; the message never shows its value. */
final class InvalidRequestHeaderException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  InvalidRequestHeaderException(String message) {
    super(message);
  }
}
