package io.github.resilientchat.bedrock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.resilientchat.core.Prices;
import java.io.IOException;
import java.io.StringReader;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PriceBookTest {

  private static final String HEADER = "model,through,input,output,cache-read,cache-write\n";

  private final PriceBook bundled = PriceBook.bundled();

  private static PriceBook book(String lines) throws IOException {
    return PriceBook.read("own.csv", new StringReader(HEADER + lines));
  }

  @Test
  void bundledBookSaysWhereItsPricesAreFromAndWhen() {
    assertThat(bundled.source()).contains("Anthropic").contains("OpenAI");
    assertThat(bundled.date()).isEqualTo(LocalDate.of(2026, 11, 28));
  }

  @ParameterizedTest
  @CsvSource({
    "global.anthropic.claude-sonnet-4-6, 3, 15, 0.3, 3.75",
    "us.anthropic.claude-sonnet-4-6, 3.3, 16.5, 0.33, 4.125",
    "us-gov.anthropic.claude-sonnet-4-6, 3.6, 18, 0.36, 4.5",
    "arn:aws:bedrock:eu-west-1:111122223333:inference-profile/eu.anthropic.claude-opus-5-5, 4.4, 22, 0.22, 5.5",
    "amazon.nova-pro-v1:0, 0.8, 3.2, 0.8, 1",
    "us.amazon.nova-pro-v1:0, 0.8, 3.2, 0.8, 1",
    "eu.amazon.nova-pro-v1:0, 1.05, 4.2, 1.05, 1.3125",
    "us.openai.gpt-6-luna, 0.1, 0.5, 0.1, 0.125"
  })
  void priceIsThatOfTheWayTheModelIsCalled(
      String id, double input, double output, double read, double write) {
    assertThat(bundled.of(id)).contains(new Prices(input, output, read, write));
  }

  @Test
  void everyModelOfTheCatalogueThatIsNotOfThePastHasAPrice() {
    assertThat(
            ModelCatalogue.bundled().names().stream()
                .filter(model -> !model.matches("anthropic[.]claude-(3-.*|sonnet-4-2025.*)")))
        .isNotEmpty()
        .allSatisfy(model -> assertThat(bundled.of(model)).as(model).isPresent());
  }

  @Test
  void applicationProfileCostsWhatTheProfileBehindItDoes() {
    String arn = "arn:aws:bedrock:us-east-1:111122223333:application-inference-profile/a1b2c3";
    assertThat(bundled.of(arn)).isEmpty();
    assertThat(bundled.of(arn, "us.anthropic.claude-sonnet-4-6"))
        .isEqualTo(bundled.of("us.anthropic.claude-sonnet-4-6"));
  }

  @Test
  void ownBookReplacesAModelWithAllItsWays() throws IOException {
    PriceBook both =
        bundled.overriddenBy(
            book("anthropic.claude-sonnet-4-6,*,2.5,12,,\nacme.new-1,*,1,2,0,0\n"));

    assertThat(both.of("us.anthropic.claude-sonnet-4-6")).contains(new Prices(2.5, 12));
    assertThat(both.of("acme.new-1")).contains(new Prices(1, 2, 0, 0));
    assertThat(both.of("us.anthropic.claude-opus-5")).isPresent();
  }

  @Test
  void hourInTheCacheCostsTwiceTheInputUnlessTheBookSaysOtherwise() throws IOException {
    PriceBook own =
        PriceBook.read(
            "own.csv",
            new StringReader(
                "model,through,input,output,cache-read,cache-write,cache-write-hour\n"
                    + "acme.new-1,*,1,2,0.1,1.25,3\nacme.new-2,*,1,2,0.1,1.25,\n"));

    assertThat(own.of("acme.new-1")).contains(new Prices(1, 2, 0.1, 1.25, 3));
    assertThat(own.of("acme.new-2")).contains(new Prices(1, 2, 0.1, 1.25, 2));
    assertThat(bundled.of("us.anthropic.claude-sonnet-4-6"))
        .contains(new Prices(3.3, 16.5, 0.33, 4.125, 6.6));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "acme.x,*,1,two,,",
        "acme.x,*,1,-2,,",
        "acme.x,*,,2,,",
        "acme.x,*,1,2",
        "acme.x,*,1,2,,\nacme.x,*,1,2,,",
        "acme.x,*,1,NaN,,"
      })
  void whatIsNoPriceIsRefusedWithItsLine(String lines) {
    assertThatThrownBy(() -> book(lines))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("own.csv, line ");
  }
}
