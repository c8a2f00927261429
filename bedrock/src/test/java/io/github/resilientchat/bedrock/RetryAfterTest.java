package io.github.resilientchat.bedrock;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.http.SdkHttpResponse;

class RetryAfterTest {

  private static final String NOW = "Sat, 28 Nov 2026 12:00:00 GMT";

  private static Optional<Duration> of(SdkHttpResponse.Builder response) {
    return RetryAfter.of(
        AwsErrorDetails.builder().sdkHttpResponse(response.statusCode(429).build()).build());
  }

  private static Optional<Duration> seconds(String value) {
    return of(SdkHttpResponse.builder().putHeader("retry-after", value));
  }

  private static Optional<Duration> date(String value, String now) {
    return of(SdkHttpResponse.builder().putHeader("Retry-After", value).putHeader("Date", now));
  }

  @ParameterizedTest
  @CsvSource({"1, 1", "' 7 ', 7", "007, 7", "+7, 7", "86400, 86400"})
  void secondsAreKept(String value, long seconds) {
    assertThat(seconds(value)).contains(Duration.ofSeconds(seconds));
  }

  @Test
  void fractionsAreKept() {
    assertThat(seconds("1.5")).contains(Duration.ofMillis(1500));
    assertThat(seconds("0.0009")).contains(Duration.ofNanos(900_000));
    assertThat(of(SdkHttpResponse.builder().putHeader("x-amz-retry-after", "2500.5")))
        .contains(Duration.ofNanos(2_500_500_000L));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "86401",
        "999999999",
        "9223372036854775807",
        "9223372036854775808",
        "99999999999999999999999999999999999999999999999999"
      })
  void moreThanADayIsADay(String value) {
    assertThat(seconds(value)).contains(Duration.ofDays(1));
    assertThat(of(SdkHttpResponse.builder().putHeader("x-amz-retry-after", value + "000")))
        .contains(Duration.ofDays(1));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "0",
        "0.0",
        "-1",
        "-1.5",
        "-9223372036854775809",
        "1e3",
        "1.",
        "soon",
        "1 2"
      })
  void whatMeansNothingIsNoWord(String value) {
    assertThat(seconds(value)).isEmpty();
    assertThat(of(SdkHttpResponse.builder().putHeader("x-amz-retry-after", value))).isEmpty();
  }

  @Test
  void dateIsReckonedFromThatOfTheAnswer() {
    assertThat(date("Sat, 28 Nov 2026 12:01:30 GMT", NOW)).contains(Duration.ofSeconds(90));
    assertThat(date("Sat, 28 Nov 2026 13:59:59 +0200", NOW)).isEmpty();
    assertThat(date("Fri, 31 Dec 9999 23:59:59 GMT", NOW)).contains(Duration.ofDays(1));
  }

  @Test
  void dateThatIsOverOrHasNoneToReckonFromIsNoWord() {
    assertThat(date(NOW, NOW)).isEmpty();
    assertThat(date("Sat, 28 Nov 2026 11:00:00 GMT", NOW)).isEmpty();
    assertThat(date("Sat, 28 Nov 2026 13:00:00 GMT", "yesterday")).isEmpty();
    assertThat(seconds("Sat, 28 Nov 2026 13:00:00 GMT")).isEmpty();
    assertThat(date("Sun, 28 Nov 2026 13:00:00 GMT", NOW)).isEmpty();
  }

  @Test
  void millisecondsCountWhereSecondsAreMissing() {
    assertThat(of(SdkHttpResponse.builder().putHeader("x-amz-retry-after", "1500")))
        .contains(Duration.ofMillis(1500));
    assertThat(
            of(
                SdkHttpResponse.builder()
                    .putHeader("x-amz-retry-after", "1500")
                    .putHeader("Retry-After", "2")))
        .contains(Duration.ofSeconds(2));
  }
}
