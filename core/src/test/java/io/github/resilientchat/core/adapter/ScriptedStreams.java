package io.github.resilientchat.core.adapter;

import io.github.resilientchat.core.Usage;
import io.github.resilientchat.core.report.CallReport;
import io.github.resilientchat.core.report.StreamInterruptedException;
import io.github.resilientchat.core.route.Target;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Models whose streams a test speaks for, and a user who notes what she is told. Parts are text.
 */
final class ScriptedStreams implements Streaming.Models<String>, Streaming.Audience<String> {

  final List<String> told = new ArrayList<>();
  final List<Streaming.Signals<String>> streams = new ArrayList<>();
  final List<Exchange> exchanges = new ArrayList<>();
  final List<Boolean> interrupted = new ArrayList<>();
  long wanted = Long.MAX_VALUE;
  @Nullable RuntimeException refusal;

  Streaming.Signals<String> stream() {
    return streams.get(streams.size() - 1);
  }

  @Override
  public void call(Target target, Streaming.Signals<String> signals) {
    streams.add(signals);
    exchanges.add(Exchange.current().orElseThrow());
    interrupted.add(Thread.currentThread().isInterrupted());
    @Nullable RuntimeException thrown = refusal;
    refusal = null;
    if (thrown != null) {
      throw thrown;
    }
  }

  @Override
  public boolean hasContent(String part) {
    return !part.isEmpty() && !finishes(part);
  }

  @Override
  public long length(String part) {
    return part.length();
  }

  @Override
  public void addText(String part, StringBuilder text) {
    text.append(part);
  }

  @Override
  public boolean finishes(String part) {
    return part.equals(".");
  }

  @Override
  public @Nullable Usage usage(String part) {
    return finishes(part) ? Usage.of(1, 1) : null;
  }

  @Override
  public boolean isReady() {
    return wanted > 0;
  }

  @Override
  public void part(String part) {
    wanted--;
    told.add(part);
  }

  @Override
  public void restart(StreamInterruptedException broken) {
    told.add("restart after " + broken.partialText());
  }

  @Override
  public void lastPart(String part, CallReport report) {
    part(part);
  }

  @Override
  public void complete(CallReport report) {
    told.add("complete");
  }

  @Override
  public void fail(Throwable reason) {
    told.add("fail " + reason.getClass().getSimpleName());
  }

  @Override
  public void refused(Throwable reason) {
    told.add("refused");
  }
}
