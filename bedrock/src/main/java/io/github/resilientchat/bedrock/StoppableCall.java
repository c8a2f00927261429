package io.github.resilientchat.bedrock;

import io.github.resilientchat.core.adapter.Exchange;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.core.exception.ApiCallAttemptTimeoutException;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.http.Abortable;

/**
 * One call of the SDK on a blocked thread, from its first step to the last byte of its answer.
 * {@link Exchange#stop}, or an interruption of the thread, aborts the HTTP request that it is at.
 */
final class StoppableCall {

  private static final ThreadLocal<@Nullable StoppableCall> CURRENT = new ThreadLocal<>();

  private final Exchange exchange;
  private volatile boolean stopped;
  private volatile boolean interrupted;
  private volatile boolean closed;
  private volatile @Nullable Abortable request;
  private volatile @Nullable Runnable unanswered;

  private StoppableCall(Exchange exchange) {
    this.exchange = exchange;
  }

  /** The call that the current thread is in, or null. */
  static @Nullable StoppableCall current() {
    return CURRENT.get();
  }

  /**
   * Runs a call on the current thread.
   *
   * @throws AbortedException if it was stopped or interrupted
   */
  static <T> T within(Exchange exchange, OpenCalls calls, Supplier<T> sdk) {
    StoppableCall call = new StoppableCall(exchange);
    exchange.onStop(call::stop);
    Runnable ending = call::close;
    calls.enter(ending);
    if (call.stopped) {
      calls.leave(ending);
      throw call.aborted(null);
    }
    @Nullable StoppableCall outer = CURRENT.get();
    CURRENT.set(call);
    boolean answered = false;
    try (InterruptWatch ignored = InterruptWatch.over(call::interrupted)) {
      T answer = sdk.get();
      answered = true;
      exchange.accepted();
      return answer;
    } catch (SdkClientException e) {
      throw call.toldAs(e);
    } catch (IllegalStateException e) {
      // A pool that is shut down says so in this way.
      throw call.stopped ? call.aborted(e) : e;
    } finally {
      calls.leave(ending);
      if (outer == null) {
        CURRENT.remove();
      } else {
        CURRENT.set(outer);
      }
      call.end(answered);
    }
  }

  private void interrupted() {
    interrupted = true;
    stop();
  }

  private void close() {
    closed = true;
    stop();
  }

  private void stop() {
    stopped = true;
    abort();
  }

  private void abort() {
    Abortable current = request;
    if (current != null) {
      current.abort();
    }
  }

  /** An answer that nobody read to its end, as when an interceptor threw, is not left open. */
  private void end(boolean answered) {
    if (!answered) {
      abort();
    }
    request = null;
  }

  private SdkClientException toldAs(SdkClientException error) {
    // The SDK's timeouts interrupt the thread as well, and take that back.
    boolean timeout =
        error instanceof ApiCallTimeoutException
            || error instanceof ApiCallAttemptTimeoutException
            || interrupted && !Thread.currentThread().isInterrupted();
    if (timeout) {
      timedOut();
    }
    return !stopped || timeout || error instanceof AbortedException ? error : aborted(error);
  }

  private AbortedException aborted(@Nullable Throwable cause) {
    return AbortedException.create(closed ? OpenCalls.CLOSED : "the exchange was stopped", cause);
  }

  /**
   * This is the request that the call is at.
   *
   * @param silence to be run when its time is up without a word of an answer
   */
  void isAt(Abortable current, Runnable silence) {
    request = current;
    unanswered = silence;
    requireGoing(null);
  }

  /**
   * The head of the answer is here.
   *
   * @param successful whether the service took the request
   */
  void answers(boolean successful) {
    unanswered = null;
    if (successful) {
      exchange.accepted();
    }
  }

  /** Time was up; who heard nothing until then says so to the connections it came from. */
  private void timedOut() {
    Runnable silence = unanswered;
    if (silence != null) {
      unanswered = null;
      silence.run();
    }
  }

  /**
   * @throws AbortedException if it was stopped
   */
  void requireGoing(@Nullable Throwable cause) {
    if (stopped) {
      abort();
      throw aborted(cause);
    }
  }
}
