"""Searches over HTTP: the same as on the command line, for programs that hold the token."""

import secrets
from decimal import Decimal
from typing import Annotated, Any

from fastapi import APIRouter, Depends, HTTPException, Query, Request
from fastapi.concurrency import run_in_threadpool
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer
from pydantic import BaseModel, Field

from api.bodies import limited_body
from media.errors import InvalidRequest, Refusal, ShowroomError
from media.matching.filters import ProductFilters
from resources.deployments import Deployment
from resources.product_search import ProductQuery

_bearer = HTTPBearer(auto_error=False)


class ProductRequest(BaseModel):
    """What is searched for, as the query of a URL; a picture is the request's body."""

    text: Annotated[str | None, Field(max_length=2000)] = None
    max_price: Decimal | None = None
    min_price: Decimal | None = None
    budget: Decimal | None = None
    currency: Annotated[str, Field(pattern="^[A-Za-z]{3}$")] = "USD"
    category: list[str] = []
    brand: list[str] = []
    like: list[str] = []
    catalogue: list[str] = []
    in_stock: bool = False
    same_product: bool = False
    limit: Annotated[int, Field(ge=1, le=200)] = 20

    def query(self, image: bytes | None) -> ProductQuery:
        """The same as the search's own record."""
        currency = self.currency.upper()
        return ProductQuery(
            image=image,
            text=self.text,
            filters=ProductFilters(
                max_price=self.max_price,
                min_price=self.min_price,
                currency=currency,
                categories=tuple(self.category),
                brands=tuple(self.brand),
                availabilities=("in_stock", "limited") if self.in_stock else (),
                catalogues=tuple(self.catalogue),
            ),
            budget=self.budget,
            currency=currency,
            liked_brands=tuple(self.like),
            limit=self.limit,
            same_product=self.same_product,
        )


def search_routes(deployment: Deployment, token: str) -> APIRouter:
    """The routes below `/v1/`; each answers 401 without `Authorization: Bearer <token>`."""

    def hold_token(
        given: Annotated[HTTPAuthorizationCredentials | None, Depends(_bearer)],
    ) -> None:
        if given is None or not secrets.compare_digest(given.credentials, token):
            raise HTTPException(401, "say who you are", {"WWW-Authenticate": "Bearer"})

    routes = APIRouter(prefix="/v1", dependencies=[Depends(hold_token)])

    @routes.get("/products")
    @routes.post("/products")
    async def find_products(
        request: Request, asked: Annotated[ProductRequest, Query()]
    ) -> dict[str, Any]:
        """Products by words, or by the picture that is the body of a POST, or by both."""
        image = await limited_body(request, deployment.settings.max_upload_bytes)
        query = asked.query(image or None)
        search = deployment.fashion.product_search
        try:
            found = await run_in_threadpool(search.search, query)
        except (InvalidRequest, Refusal) as error:
            raise HTTPException(400, {"reason": error.reason, "detail": str(error)}) from error
        except ShowroomError as error:
            raise HTTPException(503, {"reason": error.reason, "detail": str(error)}) from error
        return {"matches": [match.plain() for match in found.matches], "said": found.said}

    @routes.get("/similar")
    async def find_similar(
        key: str, limit: Annotated[int, Query(ge=1, le=200)] = 20
    ) -> dict[str, Any]:
        """Pictures like the one under a key of the store."""
        index = deployment.fashion.image_index
        try:
            found = await run_in_threadpool(index.similar, key, limit)
        except (InvalidRequest, Refusal) as error:
            raise HTTPException(400, {"reason": error.reason, "detail": str(error)}) from error
        return {"pictures": [vars(each) for each in found]}

    return routes
