package io.github.resilientchat.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.StreamResetException;
import java.net.http.HttpResponse;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WireTest {

  private static final String CONVERSE = "/model/amazon.nova-pro-v1%3A0/converse";

  private final BedrockSimulator simulator = BedrockSimulator.start();

  @AfterEach
  void close() {
    simulator.close();
  }

  @Test
  void errorHasTheHeadersAndBodyOfTheRealService() throws Exception {
    simulator.quota(Quota.tokensPerMinute(0));
    HttpResponse<String> response = converse(Http.BODY);
    assertThat(response.statusCode()).isEqualTo(429);
    assertThat(response.body())
        .isEqualTo("{\"message\":\"Too many tokens, please wait before trying again.\"}");
    assertThat(response.headers().map())
        .containsKeys("x-amzn-requestid")
        .doesNotContainKey("retry-after");
    assertThat(response.headers().firstValue("Content-Type")).hasValue("application/json");
    assertThat(response.headers().firstValue("x-amzn-ErrorType"))
        .hasValue("ThrottlingException:http://internal.amazon.com/coral/com.amazon.bedrock/");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Bearer something-else",
        "Bearer sim-NOT_A_NAME",
        "Basic abc",
        "AWS4-HMAC-SHA256 Credential=AKIAOTHER/20261122/us-east-1/bedrock/aws4_request",
        "AWS4-HMAC-SHA256 Credential=AKIASIMBLUE/20261122/us-east-1/s3/aws4_request"
      })
  void unknownCallerIsRefused(String authorization) throws Exception {
    HttpResponse<String> response =
        Http.send(simulator, "POST", CONVERSE, Http.BODY, "Authorization", authorization);
    assertThat(response.statusCode()).isEqualTo(403);
    assertThat(response.headers().firstValue("x-amzn-ErrorType").orElse(""))
        .startsWith("UnrecognizedClientException:");
    assertThat(response.body()).contains("The security token included in the request is invalid.");
    assertThat(simulator.invocations().get(0).account()).isEqualTo("unknown");
  }

  @Test
  void callWithoutAuthorizationIsRefused() throws Exception {
    assertThat(Http.send(simulator, "POST", CONVERSE, Http.BODY).statusCode()).isEqualTo(403);
  }

  @Test
  void bearerTokenNamesItsAccount() throws Exception {
    Http.send(simulator, "POST", CONVERSE, Http.BODY, "Authorization", "Bearer sim-blue");
    Invocation invocation = simulator.invocations().get(0);
    assertThat(invocation.account()).isEqualTo("blue");
    assertThat(invocation.region()).isEqualTo("us-east-1");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "nonsense | SerializationException",
        "[] | ValidationException",
        "null | ValidationException",
        "{} | ValidationException",
        "{\"messages\":[]} | ValidationException",
        "{\"messages\":[{\"role\":\"assistant\",\"content\":[]}]} | ValidationException"
      })
  void badBodyIsRefused(String body, String type) throws Exception {
    HttpResponse<String> response = converse(body);
    assertThat(response.statusCode()).isEqualTo(400);
    assertThat(response.headers().firstValue("x-amzn-ErrorType").orElse("")).startsWith(type + ":");
  }

  @ParameterizedTest
  @CsvSource({"maxTokens, 0", "temperature, 1.1", "temperature, -0.1", "topP, 2"})
  void inferenceConfigOutOfBoundsIsRefused(String field, String value) throws Exception {
    String config = ",\"inferenceConfig\":{\"" + field + "\":" + value + "}}";
    HttpResponse<String> response = converse(Http.BODY.replaceFirst("}$", config));
    assertThat(response.statusCode()).isEqualTo(400);
    assertThat(response.body()).contains("'" + value + "' at 'inferenceConfig." + field + "'");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"/", "/model/x/apply-guardrail", "/model/a/b/converse", "/model//converse"})
  void otherPathsAreUnknownOperations(String path) throws Exception {
    assertThat(Http.send(simulator, "POST", path, Http.BODY).statusCode()).isEqualTo(404);
    assertThat(simulator.openExchanges()).isZero();
  }

  @Test
  void badEscapeInThePathIsRefused() throws Exception {
    simulator.awaitIdle(Sdk.PATIENCE);
    String answer = RawHttp.send(simulator.port(), "POST /model/%zz/converse HTTP/1.1");
    assertThat(answer).startsWith("HTTP/1.1 400");
  }

  @Test
  void failingScriptIsAnInternalError() throws Exception {
    simulator.answer(
        call -> {
          throw new IllegalStateException("script bug");
        });
    HttpResponse<String> response = converse(Http.BODY);
    assertThat(response.statusCode()).isEqualTo(500);
    assertThat(response.body()).contains("script bug");
  }

  @Test
  void cutResetsTheHttp2StreamAfterTheFramesBeforeIt() throws Exception {
    simulator.fault(Fault.cut(1));
    Vertx vertx = Vertx.vertx();
    try {
      var options =
          new HttpClientOptions()
              .setProtocolVersion(HttpVersion.HTTP_2)
              .setHttp2ClearTextUpgrade(false);
      var body =
          vertx
              .createHttpClient(options)
              .request(HttpMethod.POST, simulator.port(), "127.0.0.1", CONVERSE + "-stream")
              .compose(WireTest::signedCall)
              .compose(HttpClientResponse::body)
              .toCompletionStage()
              .toCompletableFuture();
      assertThatThrownBy(() -> body.get(Sdk.PATIENCE.toSeconds(), TimeUnit.SECONDS))
          .hasCauseInstanceOf(StreamResetException.class);
    } finally {
      vertx.close();
    }
  }

  private static io.vertx.core.Future<HttpClientResponse> signedCall(HttpClientRequest request) {
    return request
        .putHeader("Authorization", Http.credential("blue", "us-east-1"))
        .send(Buffer.buffer(Http.BODY));
  }

  private HttpResponse<String> converse(String body) throws Exception {
    return Http.send(
        simulator, "POST", CONVERSE, body, "Authorization", Http.credential("blue", "us-east-1"));
  }
}
