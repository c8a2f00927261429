package io.github.resilientchat.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import com.knuddels.jtokkit.Encodings;
import com.knuddels.jtokkit.api.EncodingRegistry;
import com.knuddels.jtokkit.api.EncodingType;
import io.github.resilientchat.core.adapter.RequestSize;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Estimates of text against real tokenizers, for want of Claude's, which nobody may run: the more
 * of cl100k_base and o200k_base, and for what was published of both (docs/estimates.md) as much
 * more as Claude 5.5 makes of it.
 */
class TextSizesTest {

  private static final EncodingRegistry TOKENIZERS = Encodings.newDefaultEncodingRegistry();

  /**
   * @param more what Claude 5.5 counts for one token of o200k_base; 1 where that is not known
   * @param most how many times the real count the estimate may be
   */
  record Text(String name, double more, double most, String text) {
    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Text> texts() {
    return Stream.of(
        new Text(
            "English",
            1.4,
            2.2,
            "All human beings are born free and equal in dignity and rights. They are endowed with"
                + " reason and conscience and should act towards one another in a spirit of"
                + " brotherhood. The quick summary below lists what was agreed at the meeting on"
                + " Tuesday, who does what, and by when we want to see results."),
        new Text(
            "German",
            1,
            2.2,
            "Alle Menschen sind frei und gleich an Würde und Rechten geboren. Sie sind mit Vernunft"
                + " und Gewissen begabt und sollen einander im Geiste der Brüderlichkeit"
                + " begegnen. Donaudampfschifffahrtsgesellschaft."),
        new Text(
            "JSON",
            1.38,
            2.6,
            "{\n  \"id\": 10423,\n  \"name\": \"Steel bolt M8\",\n  \"price\": 0.37,\n"
                + "  \"stock\": 1200,\n  \"tags\": [\"hardware\", \"metric\"],\n"
                + "  \"updated\": \"2026-10-18T09:30:00Z\"\n}"),
        new Text(
            "CSV",
            1.45,
            2.2,
            "10423,Steel bolt M8,0.37,1200,hardware,2026-10-18\n"
                + "10424,Steel nut M8,0.12,4300,hardware,2026-10-18\n"
                + "10425,Washer 8mm,0.03,9100,hardware,2026-10-17\n"),
        new Text(
            "Java",
            1.28,
            2.6,
            "public final class Inventory {\n  private final Map<String, Integer> stock = new"
                + " HashMap<>();\n\n  public void add(String item, int count) {\n    if (count"
                + " < 0) {\n      throw new IllegalArgumentException(\"count: \" + count);\n"
                + "    }\n    stock.merge(item, count, Integer::sum);\n  }\n}\n"),
        new Text(
            "Base64",
            1,
            2.2,
            "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAIAAACQd1PeAAAADElEQVR4nGP4z8AAAAMBAQDJ9pLvAAAAAElF"
                + "TkSuQmCC"),
        new Text(
            "Russian",
            1,
            2.5,
            "Все люди рождаются свободными и равными в своем достоинстве и правах. Они наделены"
                + " разумом и совестью и должны поступать в отношении друг друга в духе братства."),
        new Text(
            "Greek",
            1,
            3,
            "Όλοι οι άνθρωποι γεννιούνται ελεύθεροι και ίσοι στην αξιοπρέπεια και τα δικαιώματα."),
        new Text(
            "Arabic",
            1,
            3,
            "يولد جميع الناس أحراراً متساوين في الكرامة والحقوق. وقد وهبوا عقلاً وضميراً وعليهم أن"
                + " يعامل بعضهم بعضاً بروح الإخاء."),
        new Text(
            "Hebrew",
            1,
            3,
            "כל בני האדם נולדו בני חורין ושווים בערכם ובזכויותיהם. כולם חוננו בתבונה ובמצפון."),
        new Text(
            "Hindi",
            1,
            3,
            "सभी मनुष्यों को गौरव और अधिकारों के मामले में जन्मजात स्वतन्त्रता और समानता प्राप्त है।"),
        new Text(
            "Tamil",
            1,
            3,
            "மனிதப் பிறிவியினர் சகலரும் சுதந்திரமாகவே பிறக்கின்றனர்; அவர்கள் மதிப்பிலும் சமமானவர்கள்."),
        new Text("Thai", 1, 3, "มนุษย์ทั้งหลายเกิดมามีอิสระและเสมอภาคกันในเกียรติศักดิ์และสิทธิ"),
        new Text(
            "Georgian", 1, 3, "ყველა ადამიანი იბადება თავისუფალი და თანასწორი თავისი ღირსებით."),
        new Text("Amharic", 1, 3, "የሰው ልጅ ሁሉ ሲወለድ ነጻና በክብርና በመብትም እኩልነት ያለው ነው።"),
        new Text("Chinese", 1, 2.2, "人人生而自由,在尊严和权利上一律平等。他们赋有理性和良心,并应以兄弟关系的精神相对待。"),
        new Text("Japanese", 1, 2.2, "すべての人間は、生まれながらにして自由であり、かつ、尊厳と権利とについて平等である。"),
        new Text("Korean", 1, 2.5, "모든 인간은 태어날 때부터 자유로우며 그 존엄과 권리에 있어 동등하다."),
        new Text("Emoji", 1, 3, "👍🏽 🎉🎉 👨‍👩‍👧‍👦 🇩🇪 ✅ ❤️ 🤷‍♀️"));
  }

  @ParameterizedTest
  @MethodSource("texts")
  void textIsNeverBelowItsRealSize(Text text) {
    double old = TOKENIZERS.getEncoding(EncodingType.CL100K_BASE).countTokens(text.text());
    double now = TOKENIZERS.getEncoding(EncodingType.O200K_BASE).countTokens(text.text());
    double real = Math.max(old, now * text.more());
    long estimate = new RequestSize().text(text.text()).estimate(0).input();

    System.out.printf("%s: %d estimated, %.0f and %.0f counted%n", text, estimate, old, now);
    assertThat((double) estimate).isBetween(real, real * text.most());
  }
}
