package dev.troupe.runtime.gateway;

import dev.troupe.runtime.gateway.logic.Doorkeeper;
import dev.troupe.runtime.gateway.message.Introduction;
import dev.troupe.runtime.lease.MemberId;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;

/// How a member gets to work with others.
///
/// @param introduction what it tells of itself now
/// @param seeds the addresses of members, of which one lets it in; asked with each knock. It may be
///   among them itself
/// @param turnedAway is told the sentence if it may not join
/// @param circle is told with whom it works
public record Joining(
    Doorkeeper keeper,
    Supplier<Introduction> introduction,
    Supplier<List<String>> seeds,
    Consumer<String> turnedAway,
    Circle circle) {

  /// Who is told with whom this member works, by one thread at a time.
  public interface Circle {

    /// All of these, one after the other.
    static Circle of(Circle... circles) {
      return new Circle() {
        @Override
        public void met(MemberId member, Introduction introduction) {
          Stream.of(circles).forEach(circle -> circle.met(member, introduction));
        }

        @Override
        public void parted(MemberId member) {
          Stream.of(circles).forEach(circle -> circle.parted(member));
        }
      };
    }

    /// @param introduction what the other has told of itself
    void met(MemberId member, Introduction introduction);

    /// It is not a member of the cluster any more.
    void parted(MemberId member);
  }
}
