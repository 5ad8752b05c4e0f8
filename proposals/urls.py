"""Addresses of the drafting pages."""

from django.urls import path

from proposals import beginning, earlier, note_views, section_views, views

urlpatterns = [
    path("new/", beginning.new, name="new"),
    path("new/blank/", beginning.new_blank, name="new_blank"),
    path("new/copy/", beginning.choose_copy, name="choose_copy"),
    path("new/copy/<int:pk>/", beginning.new_copy, name="new_copy"),
    path("new/file/", beginning.new_file, name="new_file"),
    path("<int:pk>/edit/", views.overview, name="overview"),
    path("<int:pk>/edit/preview/", views.sheet_preview, name="sheet_preview"),
    path("<int:pk>/edit/<str:name>/preview/", views.sheet_preview, name="section_preview"),
    path("<int:pk>/edit/<str:name>/", section_views.section, name="section"),
    path("<int:pk>/edit/<str:name>/earlier/", earlier.earlier_texts, name="earlier_texts"),
    path("<int:pk>/edit/<str:name>/earlier/<int:number>/", earlier.earlier_text, name="earlier_text"),
    path("<int:pk>/edit/<str:name>/here/", section_views.here, name="here"),
    path("<int:pk>/doubts/<int:doubt>/", section_views.settle_doubt, name="settle_doubt"),
    path("<int:pk>/doubts/<int:doubt>/place/", section_views.place_doubt, name="place_doubt"),
    path("<int:pk>/doubts/<int:doubt>/back/", section_views.bring_back_doubt, name="bring_back_doubt"),
    path("<int:pk>/notes/", note_views.add_note, name="add_note"),
    path("<int:pk>/notes/<int:note>/settle/", note_views.settle_note, name="settle_note"),
    path("<int:pk>/preview.pdf", views.preview, name="preview"),
    path("<int:pk>/details/", views.details, name="details"),
    path("<int:pk>/delete/", views.delete, name="delete"),
]
