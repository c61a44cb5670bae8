"""django-celery-beat's own pages, in the desk's looks."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django_celery_beat.admin import (
    ClockedScheduleAdmin,
    CrontabScheduleAdmin,
    PeriodicTaskAdmin,
    PeriodicTaskForm,
    PeriodicTaskInline,
    TaskSelectWidget,
)
from django_celery_beat.models import (
    ClockedSchedule,
    CrontabSchedule,
    IntervalSchedule,
    PeriodicTask,
    SolarSchedule,
)
from unfold.admin import ModelAdmin, TabularInline
from unfold.widgets import UnfoldAdminSelectWidget, UnfoldAdminTextInputWidget

for model in (ClockedSchedule, CrontabSchedule, IntervalSchedule, PeriodicTask, SolarSchedule):
    admin.site.unregister(model)


class UnfoldTaskSelect(UnfoldAdminSelectWidget, TaskSelectWidget):  # type: ignore[misc]
    """The registered tasks, in unfold's select box."""


class DeskPeriodicTaskForm(PeriodicTaskForm):  # type: ignore[misc]
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["task"].widget = UnfoldAdminTextInputWidget()
        self.fields["regtask"].widget = UnfoldTaskSelect()


class TasksInline(PeriodicTaskInline, TabularInline):  # type: ignore[misc]
    """The tasks that use a schedule."""


@admin.register(PeriodicTask)
class DeskPeriodicTaskAdmin(PeriodicTaskAdmin, ModelAdmin):  # type: ignore[misc]
    form = DeskPeriodicTaskForm

    def get_actions(self, request: HttpRequest) -> dict[str, Any]:
        """Those who may only look are offered nothing that acts; the library offers it all."""
        actions: dict[str, Any] = super().get_actions(request)
        return actions if self.has_change_permission(request) else {}


@admin.register(IntervalSchedule, SolarSchedule)
class DeskScheduleAdmin(ModelAdmin):  # type: ignore[misc]
    inlines = [TasksInline]


@admin.register(CrontabSchedule)
class DeskCrontabAdmin(CrontabScheduleAdmin, ModelAdmin):  # type: ignore[misc]
    inlines = [TasksInline]


@admin.register(ClockedSchedule)
class DeskClockedAdmin(ClockedScheduleAdmin, ModelAdmin):  # type: ignore[misc]
    inlines = [TasksInline]
