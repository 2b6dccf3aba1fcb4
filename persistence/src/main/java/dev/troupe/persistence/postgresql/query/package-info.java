/// What reads: scans, tails, histories, copies, and what retention removes.
@NullMarked
package dev.troupe.persistence.postgresql.query;

import org.jspecify.annotations.NullMarked;
