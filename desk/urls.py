"""Addresses of the JPO unit's desk."""

from django.urls import path

from desk import views

urlpatterns = [
    path("issues/", views.issues, name="issues"),
    path("issues/posts.zip", views.issues_zip, name="issues_zip"),
    path("issues/catalogue.pdf", views.issues_catalogue, name="issues_catalogue"),
]
