package dev.troupe.runtime.gateway;

import dev.troupe.runtime.gateway.logic.Doorkeeper;
import dev.troupe.runtime.gateway.message.Introduction;
import dev.troupe.runtime.lease.MemberId;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/// How a member gets to work with others.
///
/// @param introduction what it tells of itself now; empty as long as the store has not told how it
///   stands there
/// @param seeds the addresses of members, of which one lets it in; asked with each knock. It may be
///   among them itself
/// @param start until that is over, others may keep it out
/// @param circle is told with whom it works
public record Joining(
    Doorkeeper keeper,
    Supplier<Optional<Introduction>> introduction,
    Supplier<List<String>> seeds,
    Start start,
    Circle circle) {

  /// The start of this member, as far as others have a say in it.
  public interface Start {

    /// Whether it serves.
    boolean isOver();

    /// Nobody who was asked keeps it out.
    void unopposed();

    /// It may not join, nor go on beside the others.
    ///
    /// @param sentence which others, why, and what to do
    void turnedAway(String sentence);
  }

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
