package io.github.resilientchat.simulator;

import io.github.resilientchat.simulator.Invocation.Outcome;
import java.time.Duration;
import java.util.function.Consumer;

/**
 * Plays the frames of one answer at the pace of the simulator, until its fault strikes; confined to
 * the event loop.
 */
final class StreamPlayback {

  private final Bedrock bedrock;
  private final Exchange exchange;
  private final Entry entry;
  private final Reply reply;
  private final FaultEffect fault;
  private final Consumer<Outcome> close;
  private final int faultAt;
  private int next;
  private long charactersSent;

  StreamPlayback(
      Bedrock bedrock,
      Exchange exchange,
      Entry entry,
      Reply reply,
      FaultEffect fault,
      Consumer<Outcome> close) {
    this.bedrock = bedrock;
    this.exchange = exchange;
    this.entry = entry;
    this.reply = reply;
    this.fault = fault;
    this.close = close;
    this.faultAt =
        fault.endsStream() ? Math.min(fault.afterFrames(), reply.frames()) : Integer.MAX_VALUE;
  }

  void start() {
    exchange.beginStream();
    entry.usage(reply.usageAfter(0));
    Duration first = fault.kind() == Fault.Kind.SLOW_FIRST_TOKEN ? fault.delay() : Duration.ZERO;
    exchange.after(first, this::play);
  }

  private void play() {
    Duration interval = bedrock.settings().tokenInterval();
    while (next < reply.frames() && next != faultAt) {
      sendNext();
      if (exchange.isFull()) {
        exchange.onDrained(this::play);
        return;
      }
      if (!interval.isZero()) {
        exchange.after(interval, this::play);
        return;
      }
    }
    finish();
  }

  private void sendNext() {
    Frame frame = reply.frame(next, bedrock.millisSince(entry.time()));
    charactersSent += frame.characters();
    next++;
    entry.usage(reply.usageAfter(charactersSent));
    entry.frameSent();
    exchange.write(FrameCodec.event(frame));
  }

  private void finish() {
    if (next == faultAt) {
      strike();
    } else {
      close.accept(Outcome.SERVED);
      exchange.endStream();
    }
  }

  private void strike() {
    switch (fault.kind()) {
      case STREAM_EXCEPTION -> endWith(FrameCodec.exception(fault.requireError()));
      case STREAM_ERROR -> endWith(FrameCodec.error(fault.requireError()));
      case BAD_CHECKSUM -> endWith(FrameCodec.corrupted(broken()));
      case CUT -> exchange.afterFlush(() -> fail(exchange::cut));
      case STREAM_RESET -> exchange.afterFlush(() -> fail(exchange::resetConnection));
      case TRUNCATE, EMPTY_STREAM -> fail(exchange::endStream);
      // A stall does nothing until the client goes away, which closes the entry as cancelled.
      default -> {}
    }
  }

  private byte[] broken() {
    int index = Math.min(next, reply.frames() - 1);
    return FrameCodec.event(reply.frame(index, bedrock.millisSince(entry.time())));
  }

  private void endWith(byte[] frame) {
    entry.frameSent();
    exchange.write(frame);
    fail(exchange::endStream);
  }

  private void fail(Runnable end) {
    close.accept(Outcome.FAULTED);
    end.run();
  }
}
