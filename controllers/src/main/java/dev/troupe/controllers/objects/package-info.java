/// How controllers read Kubernetes objects: names, owners, labels, times and pod conditions.
@NullMarked
package dev.troupe.controllers.objects;

import org.jspecify.annotations.NullMarked;
