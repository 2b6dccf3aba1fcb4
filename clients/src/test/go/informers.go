package main

import (
	"context"
	"fmt"

	corev1 "k8s.io/api/core/v1"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"k8s.io/client-go/dynamic"
	"k8s.io/client-go/dynamic/dynamicinformer"
	"k8s.io/client-go/informers"
	"k8s.io/client-go/kubernetes"
	"k8s.io/client-go/metadata"
	"k8s.io/client-go/metadata/metadatainformer"
	"k8s.io/client-go/rest"
	"k8s.io/client-go/tools/cache"
	"sigs.k8s.io/controller-runtime/pkg/manager"
)

// What is told of objects that come and go.
func telling(source string) cache.ResourceEventHandlerFuncs {
	tell := func(verb string, of any) {
		if gone, unknown := of.(cache.DeletedFinalStateUnknown); unknown {
			of = gone.Obj
		}
		if object, named := of.(interface{ GetName() string }); named {
			fmt.Println(source, verb, object.GetName())
		}
	}
	return cache.ResourceEventHandlerFuncs{
		AddFunc:    func(added any) { tell("added", added) },
		DeleteFunc: func(deleted any) { tell("deleted", deleted) },
	}
}

// Three informers of client-go, and one of the manager's cache, beside what the controller follows.
func follow(ctx context.Context, mgr manager.Manager, config *rest.Config, namespace string) error {
	typed, err := kubernetes.NewForConfig(config)
	if err != nil {
		return err
	}
	untyped, err := dynamic.NewForConfig(config)
	if err != nil {
		return err
	}
	bare, err := metadata.NewForConfig(config)
	if err != nil {
		return err
	}
	secrets := informers.NewSharedInformerFactoryWithOptions(typed, 0, informers.WithNamespace(namespace))
	if _, err := secrets.Core().V1().Secrets().Informer().AddEventHandler(telling("secret")); err != nil {
		return err
	}
	websites := version.WithResource("websites")
	objects := dynamicinformer.NewFilteredDynamicSharedInformerFactory(untyped, 0, namespace, nil)
	inWhole := objects.ForResource(websites).Informer()
	if _, err := inWhole.AddEventHandler(telling("website")); err != nil {
		return err
	}
	if err := inWhole.SetTransform(withoutManagers); err != nil {
		return err
	}
	heads := metadatainformer.NewFilteredSharedInformerFactory(bare, 0, namespace, nil)
	if _, err := heads.ForResource(websites).Informer().AddEventHandler(telling("metadata")); err != nil {
		return err
	}
	secrets.Start(ctx.Done())
	objects.Start(ctx.Done())
	heads.Start(ctx.Done())
	go func() {
		secrets.WaitForCacheSync(ctx.Done())
		objects.WaitForCacheSync(ctx.Done())
		heads.WaitForCacheSync(ctx.Done())
		fmt.Println("synced")
	}()
	pods, err := mgr.GetCache().GetInformer(ctx, &corev1.Pod{})
	if err != nil {
		return err
	}
	_, err = pods.AddEventHandler(telling("pod"))
	return err
}

func withoutManagers(object any) (any, error) {
	if whole, is := object.(*unstructured.Unstructured); is {
		whole.SetManagedFields(nil)
	}
	return object, nil
}
