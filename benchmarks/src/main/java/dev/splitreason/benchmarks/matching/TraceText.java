package dev.splitreason.benchmarks.matching;

import dev.splitreason.files.jsonl.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import tools.jackson.databind.JsonNode;

/** Makes traces of a given length: of generated sentences, or of the paragraphs of a file. */
interface TraceText {

  /** A trace of about {@code length} characters. */
  String trace(int length, Random random);

  /** Sentences of words whose frequencies fall as in natural text, and formulas. */
  static TraceText generated() {
    String[] words =
        ("the we is of that so to and a in it this for let be as with have by then which are if can"
                + " now get from on value number root sum equation angle therefore since two side one"
                + " triangle first must check line again each point gives since case not but when"
                + " integer modulo remainder product square prime factor divide both sides expand term"
                + " coefficient polynomial ratio sequence pattern assume contradiction hence circle"
                + " radius tangent inscribed hypotenuse perpendicular midpoint intersect distance area"
                + " probability expected outcome independent distinct arrange permutation subset count"
                + " recall identity theorem inequality maximum minimum derivative convex bound"
                + " estimate approximately exactly wait actually mistake alternatively verify"
                + " substitute solve simplify rearrange compute obtain conclude suppose consider"
                + " define function domain interval positive negative rational irrational congruent"
                + " parity induction base step")
            .split(" ");
    return (length, random) -> {
      var text = new StringBuilder();
      while (text.length() < length) {
        int sentences = 1 + random.nextInt(4);
        for (int s = 0; s < sentences; s++) {
          text.append(sentence(words, random)).append(' ');
        }
        text.setCharAt(text.length() - 1, '\n');
        text.append('\n');
      }
      return text.toString();
    };
  }

  /** Paragraphs of the generations of a JSONL file, drawn with their order lost. */
  static TraceText of(Path file) throws IOException {
    List<String> paragraphs = new ArrayList<>();
    for (String line : Files.readAllLines(file)) {
      for (JsonNode generation : Json.MAPPER.readTree(line).path("generations")) {
        Collections.addAll(paragraphs, generation.asString().split("\n\n"));
      }
    }
    return (length, random) -> {
      var text = new StringBuilder();
      while (text.length() < length) {
        text.append(paragraphs.get(random.nextInt(paragraphs.size()))).append("\n\n");
      }
      return text.toString();
    };
  }

  private static String sentence(String[] words, Random random) {
    var sentence = new StringBuilder();
    int length = 5 + random.nextInt(14);
    for (int i = 0; i < length; i++) {
      // Zipf's law: the rank is the exponential of a uniform draw.
      int rank = (int) Math.exp(random.nextDouble() * Math.log(words.length));
      sentence.append(random.nextInt(6) == 0 ? formula(random) : words[rank - 1]).append(' ');
    }
    sentence.setCharAt(0, Character.toUpperCase(sentence.charAt(0)));
    sentence.setCharAt(sentence.length() - 1, '.');
    return sentence.toString();
  }

  private static String formula(Random random) {
    int a = 2 + random.nextInt(98);
    int b = 2 + random.nextInt(998);
    char x = "abcnmxyzrk".charAt(random.nextInt(10));
    return switch (random.nextInt(6)) {
      case 0 -> "$" + x + " = \\frac{" + b + "}{" + a + "}$";
      case 1 -> "$" + a + " \\cdot " + b + " = " + a * b + "$";
      case 2 -> "$" + x + "^2 - " + a + x + " + " + b + " = 0$";
      case 3 -> "$\\sqrt{" + b + " - " + a + "}$";
      case 4 -> "$" + b + " \\equiv " + b % a + " \\pmod{" + a + "}$";
      default -> "$" + x + "_{" + a + "}$";
    };
  }
}
