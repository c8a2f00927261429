package io.github.resilientchat.core.adapter;

import io.github.resilientchat.core.Usage;
import io.github.resilientchat.core.report.CallReport;
import io.github.resilientchat.core.report.StreamInterruptedException;
import io.github.resilientchat.core.route.Target;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;

/**
 * What a framework's adapter tells a {@link StreamingCall}: how a target's model is called, how a
 * part of its answer is read, and how the user is told.
 *
 * @param <P> a part of an answer, as the framework has it
 */
public final class Streaming {

  private Streaming() {}

  /**
   * The models of a route. Parts are read on the threads of the clients: quickly, and without a
   * callback of anybody's.
   */
  public interface Models<P> {

    /**
     * Calls the target's model, once, on a thread on which its {@link Exchange} is current. What it
     * throws is the attempt's failure, like an error that it signals.
     */
    void call(Target target, Signals<P> signals);

    /**
     * Whether the part holds something that a user could act on; all else is held back at first.
     */
    boolean hasContent(P part);

    /** Characters of text, reasoning and tool calls that came with the part, each counted once. */
    long length(P part);

    /** Adds the part's text to what the user has got. */
    void addText(P part, StringBuilder text);

    /** Whether the part says why the answer ends. */
    boolean finishes(P part);

    /** What the answer used, or null when the part does not say. */
    @Nullable Usage usage(P part);
  }

  /**
   * What a target's model says in one attempt; to be called on any thread, and returns at once.
   * Throws nothing at the model: a part or an error that is null is the target's failure.
   */
  public interface Signals<P> {

    void part(@Nullable P part);

    /** The stream has come to its end. */
    void end();

    void error(@Nullable Throwable error);

    /** How to stop the model; replaces what was said before, and runs at once if it is too late. */
    void onStop(Runnable stop);

    /**
     * Who is told how the attempt ended: once, on a thread of the call's, before the user hears of
     * it, and at once if it is over already. What it throws is logged.
     */
    void onEnd(Watch watch);
  }

  /** Is told how an attempt ended. */
  @FunctionalInterface
  public interface Watch {

    /**
     * It is over.
     *
     * @param error null when the answer is whole; a {@link CancellationException} when nobody waits
     *     for one any more
     */
    void ended(@Nullable Throwable error);
  }

  /**
   * The user of a streamed call. Told one thing at a time, on the call's lane; one of {@link
   * #complete}, {@link #fail} and {@link #refused} at last, or nothing more once the call was
   * cancelled. What it throws cancels the call, and is told as its failure unless the end was told
   * already.
   */
  public interface Audience<P> {

    /**
     * Whether it wants a part now. When it comes to want one, it says {@link StreamingCall#more}.
     * Must not call anybody.
     */
    boolean isReady();

    void part(P part);

    /** All parts so far are void: the answer begins anew. Said where the call may start again. */
    void restart(StreamInterruptedException broken);

    /**
     * A last part, which came after the reason why the answer ends.
     *
     * @param report of the whole call
     */
    void lastPart(P part, CallReport report);

    /**
     * The answer is whole.
     *
     * @param report of the whole call
     */
    void complete(CallReport report);

    void fail(Throwable reason);

    /**
     * The first model threw this instead of beginning, and the call ends with it. Told in place of
     * {@link #fail}, on the thread that begins the call, before {@link StreamingCall#begin}
     * returns.
     */
    default void refused(Throwable reason) {
      fail(reason);
    }
  }
}
