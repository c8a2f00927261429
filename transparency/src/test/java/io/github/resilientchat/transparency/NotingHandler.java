package io.github.resilientchat.transparency;

import dev.langchain4j.model.bedrock.BedrockChatResponseMetadata;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.CompleteToolCall;
import dev.langchain4j.model.chat.response.PartialThinking;
import dev.langchain4j.model.chat.response.PartialToolCall;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** Notes what a handler of LangChain4j is told. */
class NotingHandler implements StreamingChatResponseHandler {

  private static final long AT_MOST_MS = 20_000;

  /** How long a stream says nothing once the service has ended it, before it is silent for good. */
  static final long SILENT_MS = 1_000;

  /** The second report of one failure, by a model that makes two, comes so soon. */
  private static final long AGAIN_MS = 60;

  private final Transcript heard;
  private final Semaphore ends = new Semaphore(0);
  private final CountDownLatch complete = new CountDownLatch(1);
  private volatile boolean failed;

  NotingHandler(Transcript heard) {
    this.heard = heard;
  }

  /** Waits for the end, and after a failure for another one. */
  void await() throws InterruptedException {
    noteEnd(ends.tryAcquire(AT_MOST_MS, TimeUnit.MILLISECONDS));
  }

  /** The same where a stream may say nothing of its end. */
  void awaitEndOrSilence(RecordingBedrock service) throws InterruptedException {
    service.awaitAnswered();
    noteEnd(Turns.until(ends::tryAcquire, SILENT_MS));
  }

  private void noteEnd(boolean told) throws InterruptedException {
    if (!told) {
      heard.add("told nothing", "more");
    } else if (failed) {
      Turns.until(ends::tryAcquire, AGAIN_MS);
    }
  }

  /** Waits until the answer is complete, whatever was told before. */
  void awaitAnswer() throws InterruptedException {
    if (!complete.await(AT_MOST_MS, TimeUnit.MILLISECONDS)) {
      heard.add("told nothing", "more");
    }
  }

  @Override
  public void onPartialResponse(String text) {
    heard.add("told text", text);
  }

  @Override
  public void onPartialThinking(PartialThinking thinking) {
    heard.add("told thinking", thinking.text());
  }

  @Override
  public void onPartialToolCall(PartialToolCall call) {
    heard.add("told a piece of a tool call", call);
  }

  @Override
  public void onCompleteToolCall(CompleteToolCall call) {
    heard.add("told tool call", call);
  }

  @Override
  public void onCompleteResponse(ChatResponse answer) {
    heard.add("told", "complete");
    note(answer, heard);
    ends.release();
    complete.countDown();
  }

  @Override
  public void onError(Throwable error) {
    failed = true;
    heard.error("told error", error);
    ends.release();
  }

  static void note(ChatResponse answer, Transcript heard) {
    heard.add("answer text", answer.aiMessage().text());
    heard.add("answer thinking", answer.aiMessage().thinking());
    answer
        .aiMessage()
        .attributes()
        .forEach((key, value) -> heard.add("answer attribute " + key, value));
    answer.aiMessage().toolExecutionRequests().forEach(call -> heard.add("answer tool", call));
    heard.add("answer finish", answer.finishReason());
    heard.add("answer usage", answer.tokenUsage());
    heard.add("answer id", answer.id());
    heard.add("answer model", answer.modelName());
    heard.add("answer metadata", answer.metadata().getClass().getName());
    if (answer.metadata() instanceof BedrockChatResponseMetadata bedrock) {
      heard.add("answer guardrail", bedrock.guardrailAssessmentSummary());
    }
  }
}
