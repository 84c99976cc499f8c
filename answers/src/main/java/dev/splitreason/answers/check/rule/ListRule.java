package dev.splitreason.answers.check.rule;

import dev.splitreason.answers.check.notation.Expression;
import dev.splitreason.answers.check.notation.Expression.Bracket;
import dev.splitreason.answers.check.notation.Expression.Group;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Sets, lists, tuples and intervals by their items. Brackets say whether order matters; a list
 * without brackets takes what the other side has.
 */
record ListRule() implements Rule {

  @Override
  public @Nullable Decision decide(Expression gold, Expression answer, Comparison comparison) {
    if (gold instanceof Group reference && answer instanceof Group given) {
      return groups(reference, given, comparison);
    }
    Group group = gold instanceof Group one ? one : answer instanceof Group other ? other : null;
    if (group == null || gold instanceof Expression.Matrix || answer instanceof Expression.Matrix) {
      return null;
    }
    // A set of one item may be written as the item.
    boolean single = group.bracket() == Bracket.BRACES && group.items().size() == 1;
    if (group.bracket() == Bracket.BARE && isOneValue(group.items(), comparison)) {
      // "1/2, or 0.5": one value, written in two ways.
      boolean same =
          group.items().stream()
              .anyMatch(
                  one ->
                      gold instanceof Group
                          ? comparison.equal(one, answer)
                          : comparison.equal(gold, one));
      return new Decision(same, "list");
    }
    if (!single) {
      return new Decision(false, method(group.bracket()));
    }
    boolean equal =
        gold instanceof Group
            ? comparison.equal(group.items().getFirst(), answer)
            : comparison.equal(gold, group.items().getFirst());
    return new Decision(equal, "set");
  }

  private static boolean isOneValue(List<Expression> items, Comparison comparison) {
    Expression first = items.getFirst();
    return items.size() == 2 && comparison.equal(first, items.getLast());
  }

  private static Decision groups(Group gold, Group answer, Comparison comparison) {
    List<Expression> reference = flat(gold);
    List<Expression> given = flat(answer);
    Bracket goldBracket = loose(gold);
    Bracket answerBracket = loose(answer);
    if (goldBracket == Bracket.BARE && answerBracket == Bracket.BARE) {
      // A reference that repeats items says how often each counts; another one does not.
      boolean repeats = new HashSet<>(reference).size() < reference.size();
      return new Decision(
          repeats
              ? sameItems(reference, given, comparison)
              : sameMembers(reference, given, comparison),
          "list");
    }
    if ((goldBracket == Bracket.BRACES && isBareOrBraces(answerBracket))
        || (answerBracket == Bracket.BRACES && isBareOrBraces(goldBracket))) {
      return new Decision(sameMembers(reference, given, comparison), "set");
    }
    boolean comparable =
        goldBracket == answerBracket
            || (goldBracket == Bracket.ROUND && answerBracket == Bracket.BARE)
            || (goldBracket == Bracket.BARE && answerBracket == Bracket.ROUND);
    return new Decision(
        comparable && sameOrder(reference, given, comparison), method(answerBracket));
  }

  private static boolean isBareOrBraces(Bracket bracket) {
    return bracket == Bracket.BARE || bracket == Bracket.BRACES;
  }

  private static String method(Bracket bracket) {
    return switch (bracket) {
      case BARE, AND -> "list";
      case BRACES -> "set";
      case ROUND -> "tuple";
      case SQUARE, LEFT_OPEN, RIGHT_OPEN -> "interval";
    };
  }

  /** Square brackets around other than two items hold a list, as programs write them. */
  private static Bracket loose(Group group) {
    boolean list = group.bracket() == Bracket.SQUARE && group.items().size() != 2;
    return list || group.bracket() == Bracket.AND ? Bracket.BARE : group.bracket();
  }

  /** Items of lists in a list, {@code {1, 2}, 3} in TeX's own braces, are items of the list. */
  private static List<Expression> flat(Group group) {
    List<Expression> items = new ArrayList<>();
    for (Expression item : group.items()) {
      if (item instanceof Group inner
          && (inner.bracket() == Bracket.BARE || inner.bracket() == Bracket.AND)) {
        items.addAll(flat(inner));
      } else {
        items.add(item);
      }
    }
    return items;
  }

  private static boolean sameOrder(
      List<Expression> gold, List<Expression> answer, Comparison comparison) {
    if (gold.size() != answer.size()) {
      return false;
    }
    for (int i = 0; i < gold.size(); i++) {
      if (!comparison.equal(gold.get(i), answer.get(i))) {
        return false;
      }
    }
    return true;
  }

  /** The same items, each as often, in any order. */
  private static boolean sameItems(
      List<Expression> gold, List<Expression> answer, Comparison comparison) {
    if (gold.size() != answer.size()) {
      return false;
    }
    List<Expression> left = new ArrayList<>(answer);
    for (Expression item : gold) {
      int found = indexOf(item, left, comparison);
      if (found < 0) {
        return false;
      }
      left.remove(found);
    }
    return true;
  }

  /** The same members; a set has each once, however often it is written. */
  private static boolean sameMembers(
      List<Expression> gold, List<Expression> answer, Comparison comparison) {
    return gold.stream().allMatch(item -> indexOf(item, answer, comparison) >= 0)
        && answer.stream()
            .allMatch(item -> gold.stream().anyMatch(other -> comparison.equal(other, item)));
  }

  private static int indexOf(Expression item, List<Expression> list, Comparison comparison) {
    for (int i = 0; i < list.size(); i++) {
      if (comparison.equal(item, list.get(i))) {
        return i;
      }
    }
    return -1;
  }
}
