package io.github.resilientchat.autoconfigure.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.resilientchat.autoconfigure.keys.InvalidConfigurationException;
import io.github.resilientchat.core.quota.Limits;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TargetTextTest {

  private static final String KEY = "resilient.routes.chat.targets";

  @Test
  void everyPartIsOptionalButTheReference() {
    assertThat(TargetText.parse(KEY, "sonnet"))
        .isEqualTo(new TargetText("sonnet", null, null, null, Limits.NONE));
  }

  @Test
  void allPartsAreReadInTheirOrder() {
    assertThat(TargetText.parse(KEY, "sonnet@us-east-1/main*3(3rpm 100ktpm)"))
        .isEqualTo(new TargetText("sonnet", "us-east-1", "main", 3, Limits.parse("3rpm 100ktpm")));
  }

  @Test
  void anInferenceProfileIdKeepsItsDotsAndColons() {
    TargetText text =
        TargetText.parse(KEY, "us.anthropic.claude-haiku-4-5-20251001-v1:0@us-west-2");

    assertThat(text.ref()).isEqualTo("us.anthropic.claude-haiku-4-5-20251001-v1:0");
    assertThat(text.region()).isEqualTo("us-west-2");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "sonnet/main; main;",
        "sonnet*4;; 4",
        "sonnet/main*4; main; 4",
      })
  void partsInBetweenMayBeLeftOut(String text, String account, Integer weight) {
    TargetText read = TargetText.parse(KEY, text);

    assertThat(read.account()).isEqualTo(account);
    assertThat(read.weight()).isEqualTo(weight);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "sonnet/main@us-east-1",
        "sonnet*3/main",
        "sonnet(3rpm)@us-east-1",
        "sonnet@",
        "sonnet/",
        "sonnet*x",
        "sonnet(3rpm",
        "sonnet()",
        "son net",
        "@us-east-1",
        "sonnet@a@b"
      })
  void anythingElseIsRefusedWithTheNotation(String text) {
    assertThatThrownBy(() -> TargetText.parse(KEY, text))
        .isInstanceOf(InvalidConfigurationException.class)
        .hasMessageContainingAll(KEY, text, "ref[@region][/account][*weight][(limits)]");
  }

  @Test
  void anArnIsRefusedWithThePlaceWhereItBelongs() {
    String arn = "arn:aws:bedrock:us-east-1:111111111111:application-inference-profile/abc";

    assertThatThrownBy(() -> TargetText.parse(KEY, arn))
        .hasMessageContainingAll(KEY, arn, "resilient.models.<name>.id");
  }

  @Test
  void commasInLimitsDoNotSeparateTargets() {
    assertThat(
            TargetText.entries(
                List.of("sonnet(3rpm", "100ktpm)", "haiku", "nova(1rpm", "2tpm", "3par)")))
        .containsExactly("sonnet(3rpm,100ktpm)", "haiku", "nova(1rpm,2tpm,3par)");
  }
}
