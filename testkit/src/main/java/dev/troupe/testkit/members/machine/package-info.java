/// What is done to members by the tools of their machine: packets are lost, memory and disks are
/// taken away.
@NullMarked
package dev.troupe.testkit.members.machine;

import org.jspecify.annotations.NullMarked;
