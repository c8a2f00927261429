package io.github.resilientchat.streaming;

import io.github.resilientchat.simulator.Fault;
import java.time.Duration;

/** The faults that several cases have in common; they strike blue unless they say otherwise. */
final class Trouble {

  /** Frames of any answer up to here: its role. */
  static final int ROLE = 1;

  /** Of an answer with reasoning: its role and the reasoning block. */
  static final int REASONING = 4;

  /** Of a text: its role and {@link #SOME_WORDS}. */
  static final int TEXT = 5;

  /** Of a tool call: its role and the whole call. */
  static final int TOOL = 5;

  /** Of a tool call: its role, its name and half of its arguments. */
  static final int TOOL_PIECE = 3;

  static final int SOME_WORDS = 4;

  private Trouble() {}

  /** At any account. */
  static Fault throttled() {
    return Fault.httpError(429, "ThrottlingException", "injected");
  }

  /** At any account: the request's own fault, which nobody else is asked about. */
  static Fault refused() {
    return Fault.httpError(400, "ValidationException", "injected");
  }

  /** The engine waits for the same target. */
  static Fault notReady() {
    return Fault.httpError(429, "ModelNotReadyException", "injected").account(Words.BLUE);
  }

  static Fault error(int status, String type) {
    return Fault.httpError(status, type, "injected").account(Words.BLUE);
  }

  static Fault modelError(int afterFrames) {
    return modelErrorAt(Words.BLUE, afterFrames);
  }

  static Fault modelErrorAt(String account, int afterFrames) {
    return Fault.streamException(afterFrames, "modelStreamErrorException", "injected")
        .account(account);
  }

  static Fault throttledAfter(int frames) {
    return Fault.streamException(frames, "throttlingException", "injected").account(Words.BLUE);
  }

  static Fault hang(String account) {
    return Fault.hang().account(account);
  }

  static Fault stall(String account, int afterFrames) {
    return Fault.stall(afterFrames).account(account);
  }

  static Fault slowFirstToken(String account, Duration delay) {
    return Fault.slowFirstToken(delay).account(account);
  }
}
